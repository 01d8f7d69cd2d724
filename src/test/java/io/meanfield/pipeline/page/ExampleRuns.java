package io.meanfield.pipeline.page;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.play.PlayJob;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;

/**
 * Small runs of {@code train} and {@code evaluate}, one for each kind of page.
 *
 * @param folder holds their data and, by their ids, the runs
 */
public record ExampleRuns(Path folder) {
  /** Digits of ten classes, and the evaluation of the model. */
  public static final String DIGITS = "digits";

  public static final String DIGITS_TEST = "digits-test";

  /** A table with two classes and hostile names, and the evaluation of the model. */
  public static final String TABLE = "table";

  public static final String TABLE_TEST = "table-test";

  /** A regression. */
  static final String LINE = "line";

  /** A deep Q-network. */
  public static final String POLE = "pole";

  static final List<String> ALL = List.of(DIGITS, DIGITS_TEST, TABLE, TABLE_TEST, LINE, POLE);

  /** The name of a column of {@link #TABLE}. */
  static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  /** The name of the class 1 of {@link #TABLE}; names are in alphabetical order. */
  public static final String POSITIVE = "no";

  /** The number of digits of {@link #DIGITS}, of which 0.3 are validation examples. */
  static final int COUNT = 1_000;

  /**
   * Trains and evaluates all models of examples; returns what the training of the digits has
   * reported.
   */
  Outcome train() throws IOException {
    Outcome outcome = TestJobs.train(digits(), DIGITS).run();
    TestJobs.evaluate(digits(), DIGITS_TEST, DIGITS).run();
    JobSettings table = table();
    TestJobs.train(table, TABLE).run();
    TestJobs.evaluate(table, TABLE_TEST, TABLE).run();
    TestJobs.train(line(), LINE).run();
    new PlayJob(TestJobs.context(pole(), POLE), new TrainingListener() {}).run();
    return outcome;
  }

  private JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(List.of("run.directory=\"" + folder + "\"", "train { workers = 2 }"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private JobSettings digits() {
    return settings(
        "data { format = idx, validation-fraction = 0.3 }",
        Mnist.setting("train", Mnist.first(COUNT)),
        Mnist.setting("test", Mnist.slice(COUNT, COUNT)),
        "network.layers = [{dense = 16, activation = relu}, {dense = 10, activation = softmax}]",
        "network { input = [784], loss = categorical_crossentropy, optimizer.name = adam }",
        "train { epochs = 2, batch-size = 32 }");
  }

  private JobSettings pole() {
    return settings(
        "network.layers = [{dense = 16, activation = relu}, {dense = 2, activation = linear}]",
        "network.loss = huber",
        "reinforce { workers = 2, steps = 480, sync-frequency = 40, batch-size = 8 }",
        "reinforce { buffer-size = 100, learning-starts = 60, target-update = 80 }",
        "reinforce.evaluation { frequency = 160, episodes = 4 }");
  }

  private JobSettings table() throws IOException {
    return settings(
        "data { format = csv, validation-fraction = 0.25 }",
        "data.train.path = \"" + rows("train.csv", 1) + "\"",
        "data.test.path = \"" + rows("test.csv", 2) + "\"",
        "data.columns { label = left, categorical = [plan] }",
        "network { layers = [ { dense = 1, activation = sigmoid } ] }",
        "network { loss = binary_crossentropy, optimizer { name = adam, learning-rate = 0.1 } }",
        "train { epochs = 5, batch-size = 32 }");
  }

  private Path rows(String name, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("\"" + HOSTILE + "\",plan,noise,left"));
    for (int row = 0; row < 400; row++) {
      double x = random.nextGaussian();
      boolean yes = x + 0.5 * random.nextGaussian() > 0;
      String plan = random.nextBoolean() ? "<i>basic</i>" : "pro";
      lines.add(
          x + "," + plan + "," + random.nextGaussian() + "," + (yes ? "<b>yes</b>" : POSITIVE));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private JobSettings line() throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,y"));
    IntStream.range(0, 80).forEach(i -> lines.add(i % 10 + "," + (3 * (i % 10) + 1)));
    Path file = Files.write(folder.resolve("line.csv"), lines);
    return settings(
        "data { format = csv, validation-fraction = 0.5, columns.targets = [y] }",
        "data.train.path = \"" + file + "\"",
        "network { layers = [ { dense = 1, activation = linear } ], loss = mse }",
        "network.optimizer { name = sgd, learning-rate = 0.1 }",
        "train { epochs = 3, batch-size = 8 }");
  }

  RunDirectory directory(String run) {
    return new Runs(new Configuration(false), folder.toString()).directory(new RunId(run));
  }

  Path page(String run) {
    return folder.resolve(run).resolve(RunDirectory.PAGE);
  }

  /** Returns the rows of a table, which Spark reads. */
  List<Row> table(String run, String name) {
    return query(run, "select * from {" + name + "}");
  }

  /** Returns the rows of a query, which names tables of the run such as {@code {epochs}}. */
  List<Row> query(String run, String query) {
    String tables = folder.resolve(run).resolve("tables") + "/";
    return LocalSpark.session()
        .sql(query.replaceAll("\\{(\\w+)}", "parquet.`" + tables + "$1`"))
        .collectAsList();
  }
}
