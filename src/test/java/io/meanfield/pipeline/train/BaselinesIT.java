package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.CapturedLog;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models beside which a network of a table is scored. */
class BaselinesIT {
  private static final int ROWS = 300;
  private static final String REGRESSION = "data.columns.targets = [y]";
  private static final String THREE_CLASSES = "data.columns.label = kind";
  // Without learning it stops after two epochs, as the planned ones would take days.
  private static final String STOPPED =
      "train { epochs = 1000000000, early-stopping.patience = 1 },"
          + " network.optimizer.learning-rate = 1e-30";
  private static final String TWO_CLASSES = "data.columns.label = is_large";

  @TempDir private static Path folder;
  private static Outcome trained;

  @BeforeAll
  static void trainRegression() throws IOException {
    trained = TestJobs.train(settings(REGRESSION, STOPPED), "run").run();
    assertThat(trained.message()).startsWith("stopped after epoch 2: ");
  }

  // y is linear in x and in the category; kind follows from y, and is_large from x.
  private static JobSettings settings(String label, String... more) throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>(List.of("id,x,color,y,kind,is_large"));
    List<String> colors = List.of("red", "green", "blue");
    for (int id = 0; id < ROWS; id++) {
      double x = random.nextDouble() * 10;
      int color = random.nextInt(3);
      double y = 3 * x + 10 * color;
      String kind = y < 15 ? "low" : y < 30 ? "middle" : "high";
      lines.add(
          String.format(
              Locale.ROOT,
              "r%d,%.4f,%s,%.4f,%s,%s",
              id,
              x,
              colors.get(color),
              y,
              kind,
              x > 5 ? "yes" : "no"));
    }
    Files.write(folder.resolve("train.csv"), lines);
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "data.format = csv",
                "data.train.path=\"" + folder.resolve("train.csv") + "\"",
                "data.columns { id = id, features = [x], categorical = [color] }",
                "data { validation-fraction = 0.2, test-fraction = 0.2 }",
                "network.hidden-layers=[{dense = 4, activation = relu}]",
                "train { workers = 2, epochs = 2, batch-size = 16 }",
                label));
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static Map<String, Double> values(String run, String metric) {
    Map<String, Double> values = new HashMap<>();
    for (Row row :
        TestJobs.table(folder.resolve("runs"), run, "baselines")
            .filter("metric = '" + metric + "'")
            .collectAsList()) {
      values.put(row.getAs("name"), row.getAs("value"));
    }
    return values;
  }

  @Test
  void twoClassesHaveBoostedTreesAndMoreARandomForest() throws IOException {
    Outcome two = TestJobs.train(settings(TWO_CLASSES, "run.baselines = all"), "two").run();
    assertThat(values("two", "accuracy"))
        .containsOnlyKeys("network", "most frequent class", "linear", "boosted trees")
        .hasEntrySatisfying("linear", value -> assertThat(value).isGreaterThan(0.95))
        .hasEntrySatisfying("boosted trees", value -> assertThat(value).isGreaterThan(0.9))
        .containsEntry("network", two.result().metrics().get("validation_accuracy"));
    assertThat(values("two", "roc_auc")).containsEntry("most frequent class", 0.5);
    TestJobs.train(settings(THREE_CLASSES, "run.baselines = all"), "three").run();
    assertThat(values("three", "accuracy"))
        .containsOnlyKeys("network", "most frequent class", "linear", "random forest")
        .hasEntrySatisfying("random forest", value -> assertThat(value).isGreaterThan(0.8));
  }

  @Test
  void evaluationLearnsFromTheRowsOfTheTrainingAndFindsWhatIsLinear() throws IOException {
    Outcome outcome =
        TestJobs.evaluate(settings(REGRESSION), "scores", "run").withAllBaselines().run();
    Map<String, Double> r2 = values("scores", "r2");
    assertThat(r2).containsOnlyKeys("network", "mean", "linear", "boosted trees");
    assertThat(r2.get("linear")).isCloseTo(1, within(1e-6));
    assertThat(r2.get("boosted trees")).isBetween(0.9, 0.9999);
    assertThat(r2).containsEntry("network", outcome.result().metrics().get("r2"));
    assertThat(outcome.details())
        .anyMatch(
            line ->
                line.matches(
                    "baseline mean -?0\\.0.., linear 1\\.000, boosted trees 0\\.9..;"
                        + " this network .* \\(R2, same rows\\)"));
    // The mean is that of the training rows, and not that of the test rows, whose R2 is 0.
    assertThat(r2.get("mean")).isNegative();

    assertThat(
            TestJobs.table(folder.resolve("runs"), "scores", "columns")
                .selectExpr("column", "role", "reason")
                .collectAsList())
        .extracting(row -> row.mkString(" | "))
        .containsExactly("x | number | numbers", "color | category | 3 known values");

    // A training that stopped after two epochs is not worth three baselines, whatever it planned.
    TestJobs.evaluate(settings(REGRESSION), "default", "run").run();
    assertThat(values("default", "r2")).containsOnlyKeys("network", "mean");
  }

  @Test
  void trainingRowsThatHaveChangedMakeNoBaselines() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("train.csv"));
    lines.set(1, "a,1,red,2,low,no");
    Path test = Files.write(folder.resolve("test.csv"), lines);
    lines.set(1, "b,2,red,2,low,no");
    Path train = Files.write(folder.resolve("changed-train.csv"), lines);
    JobSettings settings =
        settings(
            REGRESSION,
            "data.test-fraction = 0",
            "data.train.path=\"" + train + "\"",
            "data.test.path=\"" + test + "\"");
    try (CapturedLog log = CapturedLog.of(RunInspection.class)) {
      TestJobs.evaluate(settings, "changed", "run").withAllBaselines().run();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .matches(
              "the page of run changed lacks the inspection of the model: .*train\\.csv holds other"
                  + " examples \\(sha256:.*\\) than when run was trained \\(sha256:.*\\), so its"
                  + " baselines would learn from other rows; restore the data, or set"
                  + " run\\.baselines = none");
    }
    assertThat(folder.resolve("runs/changed/tables/baselines")).doesNotExist();
  }

  @Test
  void worstRowsHaveTheirValuesAndIds() throws IOException {
    List<Row> worst =
        TestJobs.table(folder.resolve("runs"), "run", "worst_rows")
            .orderBy("rank", "column")
            .collectAsList();
    assertThat(worst).hasSize(20); // ten rows of two columns
    Row color = worst.get(0);
    Row x = worst.get(1);
    assertThat(List.of(color.<String>getAs("column"), x.<String>getAs("column")))
        .containsExactly("color", "x");
    double actual = Double.parseDouble(x.getAs("actual"));
    double code = List.of("red", "green", "blue").indexOf(color.<String>getAs("value"));
    assertThat(Double.parseDouble(x.getAs("value")))
        .isCloseTo((actual - 10 * code) / 3, within(1e-3));
    assertThat(x.<Double>getAs("size"))
        .isCloseTo(Math.abs(Double.parseDouble(x.getAs("predicted")) - actual), within(1e-3));
    String line =
        Files.readAllLines(folder.resolve("train.csv")).stream()
            .filter(row -> row.startsWith(x.getAs("example_key") + ","))
            .findFirst()
            .orElseThrow();
    assertThat(line).contains("," + color.<String>getAs("value") + ",");
  }

  @Test
  void columnsThatSettingsDoNotNameAreListed() {
    assertThat(
            TestJobs.table(folder.resolve("runs"), "run", "columns")
                .filter("role = 'left out'")
                .selectExpr("column", "reason")
                .collectAsList())
        .extracting(Row::mkString)
        .containsExactly("kindnot named in data.columns", "is_largenot named in data.columns");
  }

  @Test
  void trainingThatCostsLessHasTheConstantOnly() throws IOException {
    assertThat(values("run", "r2")).containsOnlyKeys("network", "mean");
    assertThat(trained.details()).anyMatch(line -> line.startsWith("baseline mean "));
    Outcome none = TestJobs.train(settings(TWO_CLASSES, "run.baselines = none"), "none").run();
    assertThat(none.details()).noneMatch(line -> line.startsWith("baseline"));
    assertThat(folder.resolve("runs/none/tables/baselines")).doesNotExist();
  }
}
