package io.meanfield.pipeline.retrain;

import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Partitions of a table whose label is 1 if x is above 1/2, and the settings to retrain on them.
 * The network is a logistic regression that starts with its boundary near 0, so that more epochs
 * bring it closer to 1/2.
 *
 * @param folder receives the data: {@code test.csv}, and a partition a day in {@code in}
 */
public record StepData(Path folder) {
  /** A learning rate so small that predictions do not change. */
  public static final String NO_LEARNING = "network.optimizer.learning-rate = 1e-12";

  /** The name of the model. */
  public static final String MODEL = "steps";

  /** Writes the test examples. */
  public void writeTestExamples() throws IOException {
    write(folder.resolve("test.csv"), rows(1_000, 0));
  }

  /** Returns rows whose x is uniformly distributed between -1 and 1. */
  public static Stream<String> rows(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> 2 * random.nextDouble() - 1)
        .map(x -> x + "," + (x > 0.5 ? 1 : 0));
  }

  public static void write(Path file, Stream<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,y"));
    rows.forEach(lines::add);
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  public Path partition(String date) {
    return folder.resolve("in/date=" + date + "/rows.csv");
  }

  /** Writes the partition of a day, 400 examples. */
  public void arrive(String date) throws IOException {
    write(partition(date), rows(400, LocalDate.parse(date).toEpochDay()));
  }

  /**
   * Returns the settings of a retraining.
   *
   * @param runs the directory of runs, any Hadoop path
   * @param models the registry, any Hadoop path
   */
  public JobSettings settings(String runs, String models, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.page=none",
                "run.directory=\"" + runs + "\"",
                "registry.directory=\"" + models + "\"",
                "data { format = csv, validation-fraction = 0, columns.label = y }",
                "data.columns { scale = none, log = none, impute = refuse, handle-unknown = error"
                    + " }",
                "data.test.path=\"" + folder.resolve("test.csv") + "\"",
                "network { layers = [ { dense = 1, activation = sigmoid } ] }",
                "network { loss = binary_crossentropy, optimizer { name = sgd } }",
                "network.optimizer.learning-rate = 0.5",
                "train { workers = 2, batch-size = 20, epochs = 2 }",
                "retrain { model = " + MODEL + ", floor = 0.6, max-drop = 1 }",
                "retrain.input=\"" + folder.resolve("in") + "\"",
                "gate.rows.min = 100"));
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }
}
