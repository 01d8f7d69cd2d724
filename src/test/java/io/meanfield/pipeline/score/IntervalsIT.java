package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.PredictionSets;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.network.Intervals;
import io.meanfield.network.Model;
import io.meanfield.network.Threshold;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.store.table.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intervals and sets from the training to the predictions and their evaluation. */
class IntervalsIT {
  private static final int ROWS = 400;

  @TempDir private static Path folder;

  /** Writes rows whose numbers vary the more the larger they are. */
  @BeforeAll
  static void writeTables() throws IOException {
    write("train.csv", 0);
    write("test.csv", ROWS);
  }

  private static void write(String name, int first) throws IOException {
    Random random = new Random(first + 11);
    List<String> lines = new ArrayList<>(List.of("id,x,kind,cost,twice,class"));
    for (int id = first; id < first + ROWS; id++) {
      double x = random.nextDouble();
      double cost = 10 + 90 * x + (1 + 15 * x) * random.nextGaussian();
      int cls = (int) Math.floor(3 * x + 0.4 * random.nextGaussian());
      lines.add(
          String.format(
              Locale.ROOT,
              "%d,%.5f,%s,%.4f,%.4f,%s",
              id,
              x,
              random.nextBoolean() ? "a" : "b",
              cost,
              -2 * cost + random.nextGaussian(),
              List.of("very low", "medium", "high").get(Math.min(2, Math.max(0, cls)))));
    }
    Files.write(folder.resolve(name), lines);
  }

  private static JobSettings settings(String columns, String... more) {
    List<String> all = new ArrayList<>();
    all.add("run { directory = \"" + folder.resolve("runs") + "\", page = full }");
    all.add("data { format = csv, columns { id = id, " + columns + " } }");
    all.add("data.train.path=\"" + folder.resolve("train.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("test.csv") + "\"");
    all.add("network { preset = tabular, hidden-layers = [16] }");
    all.add("train { epochs = 20, folds = 4, intervals = [0.5, 0.9] }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static JobSettings cost(String... more) {
    return settings("targets = [cost], exclude = [twice, class]", more);
  }

  private static JobSettings classes(String... more) {
    return settings("label = class, exclude = [cost, twice]", more);
  }

  private static Dataset<Row> table(String run, String name) {
    return TestJobs.table(folder.resolve("runs"), run, name);
  }

  private static Model model(JobSettings settings, String run) {
    return ModelReference.ofTrained(
            LocalSpark.context().hadoopConfiguration(),
            TestJobs.context(settings, run).runs().directory(TestJobs.context(settings, run).id()))
        .model();
  }

  private static Dataset<Row> output(JobSettings settings, String model, RowFormat format) {
    Path out = folder.resolve(model + "-" + format);
    PredictOutput to =
        new PredictOutput(
            Optional.of(out.toString()),
            Optional.empty(),
            PassedColumns.of(List.of("cost", "class")),
            List.of(),
            format,
            false);
    new PredictToOutputJob(TestJobs.context(settings, model + "-to-" + format), model, to).run();
    return format.read(LocalSpark.session(), new org.apache.hadoop.fs.Path(out.toString()));
  }

  @Test
  void intervalsCoverTheirShareOfRows() throws IOException {
    JobSettings settings = cost();
    TestJobs.train(settings, "cost").run();
    Intervals intervals = model(settings, "cost").network().intervals();
    List<Row> unseen = table("cost", "out_of_fold").collectAsList();
    for (Intervals.Level level : intervals.levels()) {
      long inside =
          unseen.stream()
              .filter(
                  row -> {
                    float prediction = row.<Float>getList(row.fieldIndex("outputs")).get(0);
                    float target = row.<Float>getList(row.fieldIndex("targets")).get(0);
                    double radius = intervals.radius(level, 0, prediction);
                    return Math.abs((double) prediction - target) <= radius * (1 + 1e-12);
                  })
              .count();
      // Not exactly, because each fold has a scale of its own.
      assertThat((double) inside / ROWS).isCloseTo(level.level(), within(0.04));
    }
    Outcome evaluated = TestJobs.evaluate(settings, "cost-test", "cost").run();
    List<Row> levels = table("cost-test", "evaluation_by_level").orderBy("level").collectAsList();
    assertThat(levels.get(1).<Double>getAs("coverage")).isBetween(0.85, 0.97);
    assertThat(levels.get(0).<Double>getAs("coverage")).isBetween(0.42, 0.62);
    assertThat(evaluated.details())
        .anyMatch(
            line ->
                line.matches(
                    "range    90 % promised, \\d+\\.\\d % covered, mean width [\\d.]+, interval"
                        + " score [\\d.]+"));
    assertThat(evaluated.result().metrics())
        .containsEntry("coverage_90", levels.get(1).<Double>getAs("coverage"));

    assertThat(Files.readString(folder.resolve("runs/cost-test/report.html")))
        .contains("How sure the model is", "90 of 100 new rows lie between", "interval score");

    List<Row> predicted = output(settings, "cost", RowFormat.PARQUET).collectAsList();
    assertThat(predicted.get(0).schema().fieldNames())
        .endsWith(
            "predicted_cost", "lower_50_cost", "upper_50_cost", "lower_90_cost", "upper_90_cost");
    double covered = 0;
    double narrow = Double.MAX_VALUE;
    double wide = 0;
    for (Row row : predicted) {
      double lower = row.getAs("lower_90_cost");
      double upper = row.getAs("upper_90_cost");
      double actual = Double.parseDouble(row.get(row.fieldIndex("cost")).toString());
      covered += lower <= actual && actual <= upper ? 1 : 0;
      narrow = Math.min(narrow, upper - lower);
      wide = Math.max(wide, upper - lower);
    }
    assertThat(covered / ROWS).isCloseTo(levels.get(1).getAs("coverage"), within(1.5 / ROWS));
    assertThat(wide).as("large numbers vary more").isGreaterThan(2 * narrow);
  }

  @Test
  void setsAreThoseOfTheProbabilitiesAndCoverTheirShare() {
    JobSettings settings = classes();
    TestJobs.train(settings, "class").run();
    TestJobs.evaluate(settings, "class-test", "class").run();
    List<Row> levels = table("class-test", "evaluation_by_level").orderBy("level").collectAsList();
    assertThat(levels.get(1).<Double>getAs("coverage")).isBetween(0.85, 0.97);
    assertThat(levels.get(1).<Double>getAs("mean_size"))
        .isGreaterThan(levels.get(0).<Double>getAs("mean_size"));
    Intervals.Level level = model(settings, "class").network().intervals().levels().get(1);
    List<String> labels = List.of("high", "medium", "very low");
    double covered = 0;
    double size = 0;
    for (Row row : output(settings, "class", RowFormat.PARQUET).collectAsList()) {
      List<Float> outputs = row.getList(row.fieldIndex("outputs"));
      float[] probabilities = {outputs.get(0), outputs.get(1), outputs.get(2)};
      List<String> set = row.getList(row.fieldIndex("prediction_set_90"));
      assertThat(set)
          .contains(row.<String>getAs("predicted_label"))
          .isEqualTo(
              PredictionSets.of(probabilities, 0, 3, Threshold.DEFAULT, level.leastScore())
                  .mapToObj(labels::get)
                  .toList());
      covered += set.contains(row.<String>getAs("class")) ? 1 : 0;
      size += set.size();
    }
    assertThat(covered / ROWS).isCloseTo(levels.get(1).getAs("coverage"), within(1e-9));
    assertThat(size / ROWS).isCloseTo(levels.get(1).getAs("mean_size"), within(1e-9));
    assertThat(output(settings, "class", RowFormat.CSV).select("prediction_set_90").collectAsList())
        .extracting(row -> row.getString(0))
        .allMatch(text -> text.matches("\\[\"[a-z ]+\"(,\"[a-z ]+\")*]"));
  }

  @Test
  void eachTargetHasAnIntervalOfItsOwn() {
    JobSettings settings = settings("targets = [cost, twice], exclude = [class]");
    TestJobs.train(settings, "both").run();
    Outcome evaluated = TestJobs.evaluate(settings, "both-test", "both").run();
    assertThat(table("both-test", "evaluation_by_level").count()).isEqualTo(4);
    assertThat(evaluated.details())
        .anyMatch(line -> line.startsWith("range    twice: 90 % promised"));
    for (Row row : output(settings, "both", RowFormat.PARQUET).collectAsList()) {
      assertThat(row.<Double>getAs("upper_90_twice") - row.<Double>getAs("lower_90_twice"))
          .isGreaterThan(row.<Double>getAs("upper_50_twice") - row.<Double>getAs("lower_50_twice"));
    }
  }

  @Test
  void validationRowsServeWhereThereAreNoFolds() {
    JobSettings settings =
        cost("train { folds = 1, members = 2 }", "data.validation-fraction = 0.25");
    TestJobs.train(settings, "drawn").run();
    TestJobs.evaluate(settings, "drawn-test", "drawn").run();
    double coverage =
        table("drawn-test", "evaluation_by_level").where("level = 0.9").first().getAs("coverage");
    assertThat(coverage).isBetween(0.8, 0.99);
  }

  @Test
  void impossibleIntervalsAreRefusedBeforeTraining() {
    assertRefused(
        cost("train { folds = 1, members = 1 }", "data.validation-fraction = 0"),
        "train.intervals needs examples that the network does not learn from, but there are none;"
            + " set train.folds, or raise data.validation-fraction");
    assertRefused(
        cost("train.intervals = 0.999"),
        "train.intervals = 0.999 needs at least 999 examples with a weight above 0 that the network"
            + " does not learn from, found 400; choose a smaller level, set train.folds, or raise"
            + " data.validation-fraction");
  }

  private static void assertRefused(JobSettings settings, String message) {
    assertThatThrownBy(() -> TestJobs.train(settings, "refused").run())
        .isInstanceOf(UserException.class)
        .hasMessage(message);
    assertThat(folder.resolve("runs/refused")).doesNotExist();
  }

  @Test
  void modelWithoutIntervalsWritesTheColumnsAsBefore() {
    JobSettings settings = cost("train.intervals = []");
    TestJobs.train(settings, "none").run();
    TestJobs.evaluate(settings, "none-test", "none").run();
    assertThat(output(settings, "none", RowFormat.PARQUET).columns()).endsWith("predicted_cost");
    assertThat(folder.resolve("runs/none-test/tables/evaluation_by_level")).doesNotExist();
  }
}
