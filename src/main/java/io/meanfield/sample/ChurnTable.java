package io.meanfield.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A generated table of customers, of whom 6 % churn. Its columns have very different scales, gaps,
 * dates, truth values, categories and free text. The log odds of churn are a known function of all
 * columns but {@code account} and {@code note}, so that the best possible metrics are known.
 *
 * <p>A table is a function of its seed alone: {@link Random} and {@link StrictMath} give the same
 * bits on every Java, and no field is formatted from a floating-point number.
 */
public final class ChurnTable {
  /** The first line of a CSV file. */
  public static final String HEADER =
      "account,opened,plan,country,auto_renew,trial,last_seen,revenue,error_rate,logins,discount,note,churned";

  public static final int TRAIN_ROWS = 40_000;
  public static final int TEST_ROWS = 20_000;

  private ChurnTable() {}

  /** Returns rows of customers; the first ones do not depend on {@code count}. */
  public static Stream<ChurnRow> rows(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(number -> ChurnRow.draw(number, random));
  }

  /** Writes rows to a new CSV file, or replaces it. */
  public static Path write(Path file, Stream<ChurnRow> rows) throws IOException {
    return Files.write(file, Stream.concat(Stream.of(HEADER), rows.map(ChurnRow::csv)).toList());
  }

  /**
   * Writes {@code train.csv} and {@code test.csv} of a seed: 40,000 and 20,000 different customers.
   *
   * @param folder an existing directory
   */
  public static void write(Path folder, long seed) throws IOException {
    List<ChurnRow> rows = rows(TRAIN_ROWS + TEST_ROWS, seed).toList();
    write(folder.resolve("train.csv"), rows.subList(0, TRAIN_ROWS).stream());
    write(folder.resolve("test.csv"), rows.subList(TRAIN_ROWS, rows.size()).stream());
  }

  /** Takes a directory and a seed; {@code scripts/make-churn} calls it. */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), Long.parseLong(arguments[1]));
  }
}
