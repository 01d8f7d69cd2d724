package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Table;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.store.table.RowTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sections with which the page of a run answers its first questions. */
class ResultSectionTest {
  private record Value(String name, String metric, double value) {}

  private record Cell(int rank, String column, String value) {}

  private record Column(String name, String role, String reason) {}

  private static final RowTable<Value> BASELINES =
      RowTable.<Value>named("baselines")
          .column("name", DataTypes.StringType, Value::name)
          .column("metric", DataTypes.StringType, Value::metric)
          .column("value", DataTypes.DoubleType, Value::value);
  private static final RowTable<Cell> WORST =
      RowTable.<Cell>named("worst_rows")
          .column("rank", DataTypes.IntegerType, Cell::rank)
          .column("example_id", DataTypes.LongType, cell -> 7L)
          .nullable("example_key", DataTypes.StringType, cell -> Optional.<String>empty())
          .column("actual", DataTypes.StringType, cell -> "250000.0")
          .column("predicted", DataTypes.StringType, cell -> "100000.25")
          .column("size", DataTypes.DoubleType, cell -> 149_999.75)
          .column("column", DataTypes.StringType, Cell::column)
          .column("value", DataTypes.StringType, Cell::value);
  private static final RowTable<Column> COLUMNS =
      RowTable.<Column>named("columns")
          .column("column", DataTypes.StringType, Column::name)
          .column("role", DataTypes.StringType, Column::role)
          .column("reason", DataTypes.StringType, Column::reason)
          .column("wrong", DataTypes.LongType, column -> 0L);

  private record Skipped(String column, Optional<String> value) {}

  private static final RowTable<Skipped> SKIPPED =
      RowTable.<Skipped>named("skipped_rows")
          .column("column", DataTypes.StringType, Skipped::column)
          .nullable("value", DataTypes.StringType, Skipped::value);

  @TempDir private Path folder;

  private Page page(List<Value> baselines) {
    return page(
        baselines,
        List.of(
            new Skipped("price", Optional.empty()),
            new Skipped("area", Optional.of("many")),
            new Skipped("price", Optional.empty())));
  }

  private Page page(List<Value> baselines, List<Skipped> skipped) {
    RunDirectory run =
        new Runs(new Configuration(), folder.toString())
            .claim(
                new RunId("run"),
                Manifest.of(
                    Map.of(
                        "command",
                        "train",
                        "settings",
                        Map.of("data", Map.of("columns", Map.of("label", "price"))),
                        "data",
                        Map.of("train", Map.of("examples", 3_000, "validation", 600)))));
    try (Lease lease = Lease.take(run)) {
      BASELINES.write(lease.run(), baselines);
      WORST.write(lease.run(), List.of(new Cell(1, "area", "64.9"), new Cell(1, "district", "")));
      SKIPPED.write(lease.run(), skipped);
      COLUMNS.write(
          lease.run(),
          List.of(
              new Column("area", "number", "numbers"),
              new Column("note", "left out", "free text, 4 words on average")));
    }
    return RunPage.of(
        run,
        Status.running(Instant.EPOCH)
            .succeeded(
                Instant.EPOCH.plusSeconds(60),
                0,
                "done",
                new RunResult(Map.of("validation_loss", 0.5), Optional.empty())));
  }

  private static List<Block> blocks(Page page, String id) {
    return page.sections().stream()
        .filter(section -> section.id().equals(id))
        .map(Section::blocks)
        .findFirst()
        .orElseThrow();
  }

  private static Table table(Page page, String section) {
    return blocks(page, section).stream()
        .filter(Table.class::isInstance)
        .map(Table.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<Value> errors(String name, double rmse, double mae, double r2) {
    return List.of(
        new Value(name, "rmse", rmse), new Value(name, "mae", mae), new Value(name, "r2", r2));
  }

  private Page regression() {
    return page(
        List.of(
                errors("network", 150_000, 40_000, 0.43),
                errors("mean", 200_000, 120_000, -0.00001),
                errors("linear", 160_000, 56_000, 0.4),
                errors("boosted trees", 170_000, 50_000, 0.31))
            .stream()
            .flatMap(List::stream)
            .toList());
  }

  @Test
  void pageOpensWithTheErrorInTheUnitOfTheTargetBesideTheBaselines() {
    Page page = regression();
    assertThat(page.sections())
        .extracting(Section::id)
        .containsExactly("result", "columns", "summary", "worst", "record");
    assertThat(page.keyFacts())
        .contains(Fact.strong("RMSE", "150,000"), new Fact("best baseline: linear", "160,000"));
    assertThat(blocks(page, "result").get(0))
        .isEqualTo(
            new Block.Prose(
                "On 600 validation examples, which the network has not learned from, its"
                    + " predictions of `price` are off by 40,000 on average (MAE), in the unit of"
                    + " `price`; always predicting the mean is off by 120,000."));
    assertThat(table(page, "result").rows())
        .containsExactly(
            List.of("this network", "★ 150,000", "★ 40,000", "★ 0.4300"),
            List.of("always the mean", "200,000", "120,000", "0.0000"),
            List.of("linear model (MLlib)", "160,000", "56,000", "0.4000"),
            List.of("boosted trees (MLlib)", "170,000", "50,000", "0.3100"));
    assertThat(blocks(page, "result")).hasSize(2);
  }

  @Test
  void rareClassIsComparedByItsPrecisionAndRecallAndNotByAccuracy() {
    Page page =
        page(
            List.of(
                new Value("network", "accuracy", 0.975),
                new Value("network", "pr_auc", 0.31),
                new Value("most frequent class", "accuracy", 0.97),
                new Value("most frequent class", "pr_auc", 0.03),
                new Value("linear", "accuracy", 0.97),
                new Value("linear", "pr_auc", 0.33)));
    assertThat(page.keyFacts())
        .contains(Fact.strong("PR AUC", "0.3100"), new Fact("best baseline: linear", "0.3300"));
    assertThat(blocks(page, "result"))
        .contains(
            new Block.Prose(
                "A simpler model is better: linear model (MLlib) has the PR AUC 0.3300, this"
                    + " network 0.3100.",
                true));
    assertThat(((Block.Prose) blocks(page, "result").get(0)).text())
        .endsWith("Because one class is that frequent, the accuracy says little; compare PR AUC.");
    assertThat(table(page, "result").rows().get(0))
        .containsExactly("this network", "0.3100", "★ 97.50 %");
  }

  @Test
  void constantAloneNamesTheSettingForMore() {
    Page page =
        page(
            List.of(
                new Value("network", "accuracy", 0.9),
                new Value("most frequent class", "accuracy", 0.4)));
    assertThat(blocks(page, "result"))
        .contains(
            new Block.Prose(
                "With `run.baselines = all` a linear model and trees of Spark MLlib are trained on"
                    + " the same rows and listed here."));
  }

  @Test
  void linearModelWithoutTreesNamesTheSettingForTrees() {
    Page page =
        page(
            List.of(
                new Value("network", "accuracy", 0.9),
                new Value("most frequent class", "accuracy", 0.4),
                new Value("linear", "accuracy", 0.8)));
    assertThat(blocks(page, "result"))
        .contains(
            new Block.Prose(
                "With `run.baselines = all` trees of Spark MLlib are trained on the same rows and"
                    + " listed here."));
  }

  @Test
  void columnsThatAreLeftOutHaveTheirReason() {
    List<Block> blocks = blocks(regression(), "columns");
    assertThat(blocks)
        .contains(
            new Block.Facts(
                List.of(
                    new Fact("rows used", "3,000"),
                    new Fact("rows for validation", "600"),
                    Fact.warning("rows skipped", "3"),
                    new Fact("skipped: price is missing", "2"),
                    new Fact("skipped: area is wrong", "1"))));
    assertThat(((Table) blocks.get(1)).caption()).isEqualTo("Columns that the network uses: 1");
    assertThat(((Table) blocks.get(2)).caption()).isEqualTo("Columns that are left out: 1");
    assertThat(((Table) blocks.get(2)).rows())
        .containsExactly(List.of("note", "free text, 4 words on average"));
  }

  @Test
  void countsOfSkippedRowsDoNotLookExactWhereTheTableEnds() {
    List<Skipped> skipped = Collections.nCopies(999, new Skipped("price", Optional.empty()));
    List<Skipped> cut = new ArrayList<>(skipped);
    cut.add(new Skipped("area", Optional.of("many")));

    assertThat(((Block.Facts) blocks(page(List.of(), cut), "columns").get(0)).facts())
        .endsWith(
            Fact.warning("rows skipped", "1,000 or more"),
            new Fact("of the first 1,000: price is missing", "999"),
            new Fact("of the first 1,000: area is wrong", "1"));
  }

  @Test
  void worstRowsHaveTheValuesOfTheirColumns() {
    Table worst = table(regression(), "worst");
    assertThat(worst.columns())
        .extracting(Table.Column::name)
        .containsExactly("actual", "predicted", "error", "area", "district");
    assertThat(worst.rows())
        .containsExactly(List.of("250,000", "100,000", "150,000", "64.9", "missing"));
  }
}
