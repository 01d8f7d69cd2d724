package io.meanfield.pipeline.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever {@code init} writes for a table, trains: on generated tables of all kinds of columns.
 */
class GeneratedTablesIT {
  private static final int TABLES = Integer.getInteger("meanfield.test.tables", 6);
  private static final List<String> MISSING = List.of("", "NA", "N/A", "null", "-", "unknown", "?");
  private static final List<String> WORDS =
      List.of("red", "Müller", "a;b", "x,y", "\"q\"", "'", "日本", "🙂", "NA", "0");
  private static final List<String> NAMES =
      List.of("a b", "größe", "x.y", "id", "label:", "select", "a`b", "#n", "col*", "true", "Date");

  // Each returns the value of a row.
  private static final List<Function<Random, String>> VALUES =
      List.of(
          random -> Integer.toString(random.nextInt(50)),
          random -> Integer.toString(random.nextInt()),
          random -> Long.toString(random.nextLong()),
          random -> number("%.3f", 100 * random.nextGaussian()),
          random -> number("%.2e", Math.exp(40 * random.nextGaussian())),
          random -> number("%,.2f", 5_000 * random.nextGaussian()),
          random -> String.format(Locale.GERMANY, "%,.2f", 5_000 * random.nextGaussian()),
          random -> number("$%,.2f", 5_000 * random.nextDouble()),
          random -> number("%.1f %%", 100 * random.nextDouble()),
          random -> number("(%,.0f)", 10_000 * random.nextDouble()),
          random -> String.format(Locale.ROOT, "%05d", random.nextInt(3_000)),
          random -> Boolean.toString(random.nextBoolean()),
          random -> random.nextBoolean() ? "yes" : "no",
          random -> WORDS.get(random.nextInt(WORDS.size())),
          random -> "k" + random.nextInt(30),
          random -> "name " + random.nextInt(1_000_000),
          random -> "some words about the order " + random.nextInt(1_000_000),
          random -> "2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(9),
          random -> "2024-0" + (1 + random.nextInt(9)) + "-11 1" + random.nextInt(9) + ":05",
          random -> 1 + random.nextInt(12) + "/" + (1 + random.nextInt(28)) + "/2024",
          random -> 1 + random.nextInt(28) + "." + (1 + random.nextInt(12)) + ".2024",
          random -> 1 + random.nextInt(12) + "/" + (1 + random.nextInt(12)) + "/2024",
          random ->
              1
                  + random.nextInt(12)
                  + "/"
                  + (1 + random.nextInt(28))
                  + "/"
                  + (10 + random.nextInt(80)),
          random -> random.nextInt(24) + ":" + (10 + random.nextInt(50)),
          random -> "constant",
          random -> "",
          random -> random.nextInt(9) + "." + random.nextInt(9) + "." + random.nextInt(99));

  @TempDir private Path folder;

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  static IntStream seeds() {
    return IntStream.range(0, TABLES);
  }

  private Path csv(Random random) throws IOException {
    int rows = List.of(30, 60, 200, 700).get(random.nextInt(4));
    char delimiter = ",;\t|".charAt(random.nextInt(4));
    int columns = 3 + random.nextInt(12);
    List<Function<Random, String>> kinds = new ArrayList<>();
    List<String> header = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      kinds.add(dirty(VALUES.get(random.nextInt(VALUES.size())), random));
      String name = random.nextInt(3) == 0 ? NAMES.get(random.nextInt(NAMES.size())) : "c";
      header.add(name + i);
    }
    header.add("y");
    boolean isClass = random.nextBoolean();
    kinds.add(
        isClass ? any -> "class" + any.nextInt(3) : any -> number("%.2f", any.nextGaussian()));
    List<String> lines = new ArrayList<>(List.of(line(header, delimiter)));
    for (int row = 0; row < rows; row++) {
      lines.add(line(kinds.stream().map(kind -> kind.apply(random)).toList(), delimiter));
    }
    return Files.write(folder.resolve("table.csv"), lines);
  }

  /** Returns values of which some are missing, and some wrong. */
  private static Function<Random, String> dirty(Function<Random, String> values, Random random) {
    double missing = List.of(0.0, 0.03, 0.3).get(random.nextInt(3));
    double wrong = List.of(0.0, 0.0, 0.04).get(random.nextInt(3));
    String marker = MISSING.get(random.nextInt(MISSING.size()));
    return row -> {
      double drawn = row.nextDouble();
      return drawn < missing ? marker : drawn < missing + wrong ? "oops" : values.apply(row);
    };
  }

  private static String line(List<String> fields, char delimiter) {
    return String.join(
        String.valueOf(delimiter),
        fields.stream()
            .map(
                field ->
                    field.indexOf(delimiter) >= 0 || field.contains("\"")
                        ? '"' + field.replace("\"", "\"\"") + '"'
                        : field)
            .toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatInitWritesTrains(int seed) throws IOException {
    Path table = csv(new Random(seed));
    Path conf = folder.resolve("table.conf");
    try {
      new InitJob(
              LocalSpark.session(),
              new InitJob.Request(
                  Optional.of(table.toString()),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of("y"),
                  Optional.of(conf.toString())))
          .run();
    } catch (UserException e) {
      assertThat(e).hasMessageContaining("has no column beside the label that a network can use");
      return;
    }
    JobSettings settings =
        JobSettings.load(
            List.of(new LocalSettingsFile(conf)),
            List.of(
                "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
                "network { preset = none, hidden-layers = [ { dense = 2, activation = relu } ] }",
                "train { workers = 1, epochs = 1 }"));
    assertThat(TestJobs.train(settings, "run").run().exitCode())
        .as(Files.readString(conf))
        .isZero();
    assertThat(TestJobs.evaluate(settings, "test", "run").run().exitCode()).isZero();
  }
}
