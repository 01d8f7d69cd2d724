package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.error.UserException;
import io.meanfield.evaluate.slice.Monotone;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate --by} and {@code --monotone} on rows that a training has set aside. */
class SlicesIT {
  private static final int ROWS = 1_000;
  private static final int TEST = 300;

  @TempDir private static Path folder;
  private static Outcome outcome;

  /** The label is x > 0, but in the region south it is drawn by the number of the row. */
  @BeforeAll
  static void trainAndEvaluate() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,x,region,coast,note,y"));
    for (int i = 0; i < ROWS; i++) {
      double x = 3 * Math.sin(i);
      String region =
          i % 3 == 0 ? "south" : i % 50 == 1 ? "isle" + i % 100 : i % 50 == 7 ? "" : "north";
      boolean isOne = region.equals("south") ? i % 2 == 0 : x > 0;
      String coast = i % 60 == 5 ? "rocks" : "sand";
      lines.add("r" + i + "," + x + "," + region + "," + coast + ",n" + i + "," + (isOne ? 1 : 0));
    }
    Files.write(folder.resolve("rows.csv"), lines);
    TestJobs.train(settings(), "model").run();
    outcome = evaluate("sliced", List.of("region", "x", "coast"), "x:+", "x:-");
    TestJobs.evaluate(settings(), "plain", "model").run();
  }

  private static JobSettings settings(String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("run.baselines = none");
    all.add("data { format = csv, validation-fraction = 0, test-fraction = 0.3 }");
    all.add("data.columns { id = id, label = y, features = [x] }");
    all.add("data.train.path=\"" + folder.resolve("rows.csv") + "\"");
    all.add("network.layers = [ { dense = 1, activation = sigmoid } ]");
    all.add("network { loss = binary_crossentropy, optimizer.learning-rate = 0.1 }");
    all.add("train { workers = 1, batch-size = 20, epochs = 5 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static Outcome evaluate(String id, List<String> by, String... monotone) {
    List<Monotone.Rule> rules = Stream.of(monotone).map(Monotone.Rule::parse).toList();
    return TestJobs.evaluate(settings(), id, "model").withSlices(new SliceOptions(by, rules)).run();
  }

  private static Dataset<Row> table(String run, String name) {
    return TestJobs.table(folder.resolve("runs"), run, name);
  }

  private static List<Row> slices(String column, String metric) {
    return table("sliced", "slices")
        .where(functions.col("column").equalTo(column).and(functions.col("metric").equalTo(metric)))
        .orderBy("rank")
        .collectAsList();
  }

  private static double accuracy(Dataset<Row> rows) {
    return rows.selectExpr("avg(double(actual = predicted))").first().getDouble(0);
  }

  @Test
  void slicesOfAColumnThatIsNoFeatureHaveTheMetricsOfTheirPredictions() {
    Dataset<Row> region =
        LocalSpark.session()
            .read()
            .option("header", "true")
            .csv(folder.resolve("rows.csv").toString())
            .withColumnRenamed("id", "example_key");
    Dataset<Row> predictions = table("sliced", "predictions").join(region, "example_key");
    List<Row> found = slices("region", "accuracy");
    assertThat(found).extracting(row -> row.<String>getAs("slice")).first().isEqualTo("all rows");
    assertThat(found).extracting(row -> row.<String>getAs("slice")).element(1).isEqualTo("south");
    for (Row row : found) {
      String name = row.getAs("slice");
      Dataset<Row> rows =
          switch (name) {
            case "all rows" -> predictions;
            case "other values" -> predictions.where("region like 'isle%'");
            case "missing" -> predictions.where("region is null");
            default -> predictions.where("region = '" + name + "'");
          };
      assertThat(row.<Long>getAs("examples")).isEqualTo(rows.count());
      assertThat(row.<Double>getAs("value")).isCloseTo(accuracy(rows), within(1e-12));
      assertThat(row.<Double>getAs("low")).isLessThanOrEqualTo(row.getAs("value"));
      assertThat(row.<Double>getAs("high")).isGreaterThanOrEqualTo(row.getAs("value"));
    }
    assertThat(found.stream().skip(1).mapToLong(row -> row.getAs("examples")).sum())
        .isEqualTo(TEST);
  }

  @Test
  void onlyRareValueHasItsName() {
    assertThat(slices("coast", "accuracy"))
        .extracting(row -> row.<String>getAs("slice"))
        .containsExactlyInAnyOrder("all rows", "sand", "rocks");
  }

  @Test
  void slicesOfAFeatureAreBinsWorstFirst() {
    List<Row> found = slices("x", "loss");
    assertThat(found).hasSize(11).extracting(row -> row.<String>getAs("kind")).contains("bin");
    List<Double> losses = found.stream().skip(1).map(row -> row.<Double>getAs("value")).toList();
    assertThat(losses).isSortedAccordingTo((one, other) -> Double.compare(other, one));
    found.stream()
        .skip(1)
        .forEach(row -> assertThat(row.<Long>getAs("examples")).isBetween(20L, 40L));
  }

  @Test
  void eachOfSeveralTargetsHasItsErrors() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,x,region,grams,tons"));
    for (int i = 0; i < 200; i++) {
      lines.add("r%d,%s,%s,%s,%s".formatted(i, i / 200.0, i % 2 == 0 ? "a" : "b", i * 1e4, i));
    }
    Files.write(folder.resolve("two.csv"), lines);
    JobSettings two =
        settings(
            "data.train.path=\"" + folder.resolve("two.csv") + "\"",
            "data.columns { label = null, targets = [grams, tons] }",
            "network { layers = [ { dense = 2, activation = linear } ], loss = mse }");
    TestJobs.train(two, "two").run();
    List<String> details =
        TestJobs.evaluate(two, "two-test", "two")
            .withSlices(new SliceOptions(List.of("region"), List.of()))
            .run()
            .details();
    assertThat(details)
        .anyMatch(
            line ->
                line.matches("\\| region +\\| rows \\| RMSE grams +\\| MAE grams .* MAE tons .*"));
    Dataset<Row> errors = table("two-test", "evaluation_by_target");
    Dataset<Row> all = table("two-test", "slices").where("kind = 'all'");
    for (String target : List.of("grams", "tons")) {
      int place = target.equals("grams") ? 0 : 1;
      assertThat(all.where("metric = 'rmse_" + target + "'").first().<Double>getAs("value"))
          .isEqualTo(errors.where("target = " + place).first().<Double>getAs("rmse"));
    }
    assertThat(all.where("metric = 'rmse'").count()).isZero();
  }

  @Test
  void slicesChangeNoPrediction() {
    List<String> columns = List.of("example_id", "example_key", "actual", "predicted", "outputs");
    String[] names = columns.toArray(String[]::new);
    assertThat(table("sliced", "predictions").selectExpr(names).collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            table("plain", "predictions").selectExpr(names).collectAsList());
  }

  @Test
  void tableIsPrintedAndDrawnOnThePage() throws IOException {
    assertThat(outcome.details())
        .anyMatch(line -> line.matches("\\| region +\\| rows \\| loss .*\\| mean error .*"))
        .anyMatch(line -> line.matches("\\| south +\\| \\d+ +\\| 0\\.\\d+ \\(.* to .*"));
    assertThat(Files.readString(folder.resolve("runs/sliced/report.html")))
        .contains(
            "Contributions of all columns",
            "Metrics by region",
            "loss by x",
            "Expected directions",
            ">south<");
  }

  @Test
  void meanContributionsOfTheTestRowsAreATable() {
    Row row = table("sliced", "mean_contributions").first();
    assertThat(row.<String>getAs("column")).isEqualTo("x");
    assertThat(row.<Integer>getAs("examples")).isEqualTo(TEST);
    assertThat(row.<Double>getAs("mean_absolute")).isGreaterThan(0.5);
  }

  @Test
  void oneNeuronKeepsToOneDirectionAndBreaksTheOther() {
    assertThat(outcome.details())
        .contains("monotone x:+ is broken on 0 of 300 rows (0.00 %) when x rises by 0.2100")
        .anyMatch(
            line ->
                line.matches(
                    "monotone x:- is broken on 300 of 300 rows \\(100\\.00 %\\) when x rises by"
                        + " 0\\.2100; the largest rise is 0\\.\\d+"));
    assertThat(table("sliced", "monotone").select("direction", "broken").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[+,0]", "[-,300]");
  }

  @Test
  void wrongColumnsAndRulesAreNamed() {
    assertThatThrownBy(() -> evaluate("wrong", List.of("regin")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--by = regin: "
                + folder.resolve("rows.csv")
                + " has no such column; did you mean region?");
    assertThatThrownBy(() -> evaluate("category", List.of(), "region:+"))
        .hasMessage(
            "--monotone names region, which is no number that the model reads; expected one of x");
    assertThatThrownBy(() -> Monotone.Rule.parse("x:up"))
        .hasMessage(
            "--monotone expects COLUMN:+ if predictions should not fall while the column rises, or"
                + " COLUMN:- if they should not rise, found x:up");
  }
}
