package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.retrain.RetrainJob;
import io.meanfield.pipeline.retrain.RetrainOptions;
import io.meanfield.pipeline.retrain.StepData;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A share of the training data as the test set, from training to retraining. */
class SetAsideExamplesIT {
  private static final int ROWS = 200;

  @TempDir private static Path folder;

  /** The weights and the test examples of the run {@code model}, which {@code scores} evaluates. */
  private static String weights;

  private static Set<String> test;

  @BeforeAll
  static void trainAndEvaluate() throws IOException {
    write("rows.csv", Set.of(), 0);
    weights = train("model");
    assertThat(TestJobs.evaluate(settings(), "scores", "model").run().message())
        .contains(" of 40 correct)");
    test = predicted("scores");
    assertThat(test).hasSize(40);
  }

  /** Writes a table whose features are moved in some rows; returns the setting that names it. */
  private static String write(String name, Set<String> moved, double shift) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,x,color,y"));
    for (int i = 0; i < ROWS; i++) {
      double x = Math.sin(i) + (moved.contains("r" + i) ? shift : 0);
      String color = moved.contains("r" + i) && shift > 0 ? "odd" + i : i % 3 == 0 ? "red" : "blue";
      lines.add("r" + i + "," + x + "," + color + "," + (Math.sin(i) > 0 ? 1 : 0));
    }
    return "data.train.path=\"" + Files.write(folder.resolve(name), lines) + "\"";
  }

  private static JobSettings settings(String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data { format = csv, validation-fraction = 0.25, test-fraction = 0.2 }");
    all.add("data.columns { id = id, label = y, categorical = [color] }");
    all.add("data.train.path=\"" + folder.resolve("rows.csv") + "\"");
    all.add("network.layers = [ { dense = 1, activation = sigmoid } ]");
    all.add("network { loss = binary_crossentropy, optimizer.learning-rate = 0.1 }");
    all.add("train { workers = 2, batch-size = 20, epochs = 3 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static String train(String id, String... more) {
    return TestJobs.train(settings(more), id).run().result().weightsSha256().orElseThrow();
  }

  private static Set<String> predicted(String run) {
    return TestJobs.table(folder.resolve("runs"), run, "predictions").collectAsList().stream()
        .map(row -> row.<String>getAs("example_key"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Row evaluation(String run) {
    return TestJobs.table(folder.resolve("runs"), run, "evaluation").head();
  }

  @Test
  void trainingValidationAndPreprocessingNeverSeeTheTestExamples() throws IOException {
    assertThat(train("moved-test", write("moved-test.csv", test, 1e6))).isEqualTo(weights);
    Set<String> others =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "r" + i)
            .filter(id -> !test.contains(id))
            .collect(Collectors.toSet());
    String moved = write("moved.csv", Set.of(others.iterator().next()), 1e6);
    assertThat(train("moved-training", moved)).isNotEqualTo(weights);
  }

  @Test
  void everySeedAndFormatHasTheSameTestExamples() {
    train("seed-2", "run.seed = 2");
    TestJobs.evaluate(settings("run.seed = 3"), "scores-2", "seed-2").run();
    assertThat(predicted("scores-2")).isEqualTo(test);
    LocalSpark.session()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(folder.resolve("rows.csv").toString())
        .repartition(5)
        .write()
        .parquet(folder.resolve("rows").toString());
    String[] parquet = {"data.format = parquet", "data.train.path=\"" + folder + "/rows\""};
    TestJobs.evaluate(settings(parquet), "scores-parquet", "model").run();
    assertThat(evaluation("scores-parquet").<String>getAs("dataset_fingerprint"))
        .isEqualTo(evaluation("scores").<String>getAs("dataset_fingerprint"));
    assertThat(evaluation("scores-parquet").<Double>getAs("loss"))
        .isEqualTo(evaluation("scores").<Double>getAs("loss"));
  }

  @Test
  void predictAndExportTakeTheTestExamplesToo() {
    TestJobs.predict(settings(), "predicted", "model").run();
    assertThat(predicted("predicted")).isEqualTo(test);
    ExportExamples proof =
        ExportExamples.of(
            TestJobs.context(settings(), "export"),
            ModelReference.resolve(TestJobs.context(settings(), "export").catalog(), "model"),
            false);
    assertThat(proof.examples().rows().count()).isEqualTo(40);
  }

  /** A table of which settings name the label alone: a name is left out, a category comes first. */
  @Test
  void columnsThatTheRuleDecidesAreTheSameExamples() throws IOException {
    List<String> lines = new ArrayList<>(List.of("name,color,x,y,code"));
    for (int i = 0; i < ROWS; i++) {
      String name = "n" + (i * 7919) % 10_007;
      lines.add(
          name + "," + (i % 3 == 0 ? "red" : "blue") + "," + Math.sin(i) + "," + i % 2 + ",007");
    }
    String path = Files.write(folder.resolve("open.csv"), lines).toString();
    String[] open = {
      "data.columns { id = null, categorical = [] }", "data.train.path = \"" + path + "\""
    };
    String three = train("open", open);
    TestJobs.evaluate(settings(open), "open-scores", "open").run();
    assertThat(evaluation("open-scores").<Long>getAs("examples")).isEqualTo(40);
    String[] two = {open[0], open[1], "train.epochs = 2"};
    train("extended", two);
    TrainJob.Options extend = new TrainJob.Options(true, Optional.empty());
    assertThat(TestJobs.weights(TestJobs.train(settings(open), "extended", extend).run()))
        .isEqualTo(three);
  }

  private void assertOverlap(JobSettings settings, String message) {
    assertThatThrownBy(() -> TestJobs.evaluate(settings, "refused", "model").run())
        .isInstanceOf(UserException.class)
        .satisfies(
            e -> assertThat(((UserException) e).code()).isEqualTo(ErrorCode.TRAIN_TEST_OVERLAP))
        .message()
        .matches(message);
  }

  @Test
  void largerFractionThanInTrainingIsRefused() {
    assertThat(TestJobs.evaluate(settings("data.test-fraction = 0.1"), "few", "model").run())
        .extracting(Outcome::message)
        .asString()
        .contains(" of 20 correct)");
    assertOverlap(
        settings("data.test-fraction = 0.3"),
        "data\\.test-fraction sets 60 examples aside, but the training of model set aside 40; set"
            + " data\\.test-fraction as in that training, or set data\\.test or --data");
  }

  @Test
  void shareOfChangedTrainingDataIsRefused() throws IOException {
    assertOverlap(
        settings(write("changed.csv", Set.of("r7"), 0.001)),
        "data\\.train holds other examples \\(.+\\) than when model was trained \\(.+\\), so"
            + " data\\.test-fraction may set aside examples that the model has seen; restore the"
            + " data, or set data\\.test or --data");
  }

  @Test
  void fractionTooSmallForOneExampleIsRefused() {
    assertThatThrownBy(
            () -> TestJobs.evaluate(settings("data.test-fraction = 0.001"), "none", "model").run())
        .hasMessage(
            "data.test-fraction = 0.001 sets none of the 200 examples of "
                + folder
                + "/rows.csv aside for tests; set a larger fraction, or set data.test");
  }

  private static Outcome retrain(StepData data, String id, String date, String... more) {
    List<String> all = new ArrayList<>(List.of("data { test.path = null, test-fraction = 0.25 }"));
    all.addAll(Arrays.asList(more));
    JobSettings settings =
        data.settings(
            folder.resolve("runs").toString(),
            folder.resolve("models").toString(),
            all.toArray(String[]::new));
    return new RetrainJob(
            TestJobs.context(settings, id),
            new RetrainOptions(LocalDate.parse(date), false, false),
            new TrainingListener() {})
        .run();
  }

  @Test
  void retrainComparesOnAShareOfNewFilesOnly() throws IOException {
    StepData data = new StepData(folder.resolve("steps"));
    data.arrive("2026-01-01");
    assertThat(retrain(data, "night-1", "2026-01-01").exitCode()).isZero();
    assertThat(evaluation("night-1").<Long>getAs("examples")).isEqualTo(100);
    data.arrive("2026-01-02");
    assertThatThrownBy(() -> retrain(data, "night-2", "2026-01-02"))
        .hasMessage(
            "data.test-fraction would test the champion steps@1 on examples that it was trained on,"
                + " perhaps before they changed: those of date=2026-01-01; set a retrain.window that"
                + " selects new partitions only, or data.test");
    Outcome window =
        retrain(data, "window", "2026-01-02", "retrain.window = 1", "train.epochs = 9");
    assertThat(window.message()).startsWith("promoted steps@2: ");
  }
}
