package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.report.ReadableNumber;
import io.meanfield.store.table.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict --contributions} with a table of numbers, gaps, dates and categories. */
class PredictContributionsIT {
  private static final int ROWS = 300;
  private static final List<String> COLUMNS = List.of("age", "joined", "plan");

  @TempDir private static Path folder;

  @BeforeAll
  static void train() throws IOException {
    List<String> lines = new ArrayList<>(List.of("customer,age,joined,plan,churned,spent"));
    for (int i = 0; i < ROWS; i++) {
      String age = i % 7 == 3 ? "" : Integer.toString(20 + i * 13 % 50);
      String plan = i % 3 == 0 ? "gold" : i % 3 == 1 ? "basic" : "free";
      String joined = "2025-0" + (1 + i % 9) + "-1" + i % 10;
      double spent = i * 13 % 50 * 20 + (i % 3 == 0 ? 500 : 0);
      lines.add(
          String.join(
              ",", "c" + i, age, joined, plan, i % 3 == 0 ? "no" : "yes", Double.toString(spent)));
    }
    Files.write(folder.resolve("rows.csv"), lines);
    TestJobs.train(churn(), "churn").run();
    TestJobs.train(spent(), "spent").run();
  }

  private static JobSettings settings(String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.page = none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data { format = csv, validation-fraction = 0 }");
    all.add("data.train.path=\"" + folder.resolve("rows.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("rows.csv") + "\"");
    all.add("data.columns { id = customer, features = [age, joined], categorical = [plan] }");
    all.add("train { workers = 1, batch-size = 20, epochs = 5 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static JobSettings churn() {
    return settings("data.columns.label = churned", "network.hidden-layers = [8]");
  }

  private static JobSettings spent() {
    return settings("data.columns.targets = [spent]", "network.hidden-layers = [8]");
  }

  private static Dataset<Row> output(JobSettings settings, String model, String name) {
    Path out = folder.resolve(name);
    PredictOutput to =
        new PredictOutput(
            Optional.of(out.toString()),
            Optional.empty(),
            PassedColumns.NONE,
            List.of(),
            RowFormat.PARQUET,
            false);
    Outcome outcome =
        new PredictToOutputJob(TestJobs.context(settings, name), model, to)
            .withContributions()
            .run();
    assertThat(outcome.details())
        .anyMatch(line -> line.matches("columns  .*plan .* \\(mean absolute contribution\\)"));
    return LocalSpark.session().read().parquet(out.toString()).orderBy("example_id");
  }

  private static double sum(Row row) {
    return row.<Double>getAs("base_score")
        + COLUMNS.stream().mapToDouble(name -> row.<Double>getAs("contribution_" + name)).sum();
  }

  @Test
  void contributionsAddUpToTheLogOddsOfClassOne() {
    Dataset<Row> rows = output(churn(), "churn", "churn-out");
    assertThat(rows.columns())
        .containsExactly(
            "run_id",
            "example_id",
            "model_run_id",
            "model_version",
            "predicted",
            "predicted_label",
            "probability",
            "probability_positive",
            "score",
            "base_score",
            "contribution_age",
            "contribution_joined",
            "contribution_plan");
    for (Row row : rows.collectAsList()) {
      double probability = row.getAs("probability_positive");
      assertThat(sum(row)).isCloseTo(row.getAs("score"), within(1e-9));
      assertThat(row.<Double>getAs("score"))
          .isCloseTo(Math.log(probability / (1 - probability)), within(1e-3));
    }
    assertThat(rows.selectExpr("count(distinct base_score)").first().getLong(0)).isOne();
  }

  @Test
  void contributionsOfARegressionAreInTheUnitOfItsTarget() {
    for (Row row : output(spent(), "spent", "spent-out").collectAsList()) {
      assertThat(sum(row)).isCloseTo(row.getAs("predicted_spent"), within(1e-2));
    }
  }

  @Test
  void theTableOfTheRunHasTheBitsOfTheOutput() {
    Dataset<Row> out = output(churn(), "churn", "churn-again");
    Outcome outcome = TestJobs.predict(churn(), "churn-run", "churn").withContributions().run();
    assertThat(outcome.details()).anyMatch(line -> line.startsWith("columns  "));
    Dataset<Row> table = TestJobs.table(folder.resolve("runs"), "churn-run", "contributions");
    String[] names =
        Stream.of("score", "base_score", "contribution_age", "contribution_plan")
            .toArray(String[]::new);
    assertThat(table.orderBy("example_key").selectExpr(names).collectAsList())
        .hasSize(ROWS)
        .containsExactlyElementsOf(out.selectExpr(names).collectAsList());
  }

  @Test
  void explainTellsTheLargestPushesOfARowInWords() {
    Row row =
        output(spent(), "spent", "spent-explained")
            .where("example_id = 'c9'")
            .collectAsList()
            .get(0);
    double plan = row.<Double>getAs("contribution_plan");
    List<String> lines =
        new ExplainJob(LocalSpark.session(), spent(), "spent").lines(List.of("c9"));
    assertThat(lines.get(0))
        .isEqualTo(
            "row c9: the prediction is %s; the average training row has %s"
                .formatted(
                    ReadableNumber.text(row.<Double>getAs("score")),
                    ReadableNumber.text(row.<Double>getAs("base_score"))));
    assertThat(lines)
        .contains(
            (plan > 0 ? "  up    +" : "  down  ") + ReadableNumber.text(plan) + "  plan = gold")
        .anyMatch(line -> line.matches("  (up  |down)  .*  age = 37"))
        .anyMatch(line -> line.matches("  (up  |down)  .*  joined = 2025-01-19"));
    assertThat(new ExplainJob(LocalSpark.session(), churn(), "churn").lines(List.of("c3", "c9")))
        .anyMatch(
            line ->
                line.matches(
                    "row c3: the probability of yes is .* % \\(log-odds .*\\); the average training"
                        + " row has .* % \\(.*\\)"))
        .anyMatch(line -> line.matches(".*  age = missing"));
    assertThatThrownBy(
            () -> new ExplainJob(LocalSpark.session(), churn(), "churn").lines(List.of("c900")))
        .hasMessageContaining("has no example c900 among its 300");
  }

  @Test
  void explainFindsARowByTheHashThatPredictWrites() {
    JobSettings withoutIds =
        settings("data.columns { id = null, targets = [spent] }", "network.hidden-layers = [8]");
    Row row = output(withoutIds, "spent", "spent-hashed").first();
    String hash = Long.toString(row.<Long>getAs("example_id"));
    assertThat(new ExplainJob(LocalSpark.session(), withoutIds, "spent").lines(List.of(hash)))
        .first()
        .asString()
        .startsWith(
            "row %s: the prediction is %s; "
                .formatted(hash, ReadableNumber.text(row.<Double>getAs("score"))));
  }
}
