package io.meanfield.pipeline.retrain;

import static io.meanfield.pipeline.retrain.StepData.NO_LEARNING;
import static io.meanfield.pipeline.retrain.StepData.rows;
import static io.meanfield.pipeline.retrain.StepData.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chromium;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Table;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages of four nights: a first model, a better one, data whose column x has drifted, and a
 * model that is no better.
 */
class NightPagesIT {
  private static final String LEARNING = "train.epochs = 10, network.optimizer.learning-rate = 3";
  private static final String FIRST = "2026-01-01";
  private static final String BETTER = "2026-01-02";
  private static final String REFUSED = "2026-01-03";
  private static final String KEPT = "2026-01-04";

  @TempDir private static Path folder;
  private static Outcome kept;

  private static Outcome retrain(StepData data, String date, String... more) {
    JobSettings settings =
        data.settings(
            folder.resolve("runs").toString(),
            folder.resolve("models").toString(),
            Stream.concat(Stream.of("run.page = full"), Arrays.stream(more))
                .toArray(String[]::new));
    RetrainOptions options = new RetrainOptions(LocalDate.parse(date), false, false);
    return new RetrainJob(TestJobs.context(settings, date), options, new TrainingListener() {})
        .run();
  }

  @BeforeAll
  static void retrainFourNights() throws IOException {
    StepData data = new StepData(folder);
    data.writeTestExamples();
    data.arrive(FIRST);
    assertThat(retrain(data, FIRST).exitCode()).isZero();
    data.arrive(BETTER);
    assertThat(retrain(data, BETTER, LEARNING).exitCode()).isZero();

    write(data.partition(REFUSED), rows(400, 3).map(row -> "1" + row.replaceFirst("-", "")));
    assertThatThrownBy(() -> retrain(data, REFUSED))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "check 9 of 11 (drift) refused the data: the distribution of x has drifted from the"
                + " champion's data: ")
        .hasMessageContaining(
            "\ncheck 11 of 11 (drift) refused the data: the distribution of x in the new data"
                + " (date=2026-01-03) has drifted from the champion's data: ");
    Files.move(data.partition(REFUSED).getParent(), folder.resolve("in/_" + REFUSED));

    data.arrive(KEPT);
    kept = retrain(data, KEPT, NO_LEARNING);
    assertThat(kept.exitCode()).isEqualTo(99);
  }

  private static Page page(String run) {
    return RunPage.of(
        new Runs(new Configuration(false), folder.resolve("runs").toString())
            .directory(new RunId(run)));
  }

  private static Path file(String run) {
    return folder.resolve("runs").resolve(run).resolve(RunDirectory.PAGE);
  }

  private static List<Row> query(String run, String table) {
    return TestJobs.table(folder.resolve("runs"), run, table).collectAsList();
  }

  private static List<String> sections(Page page) {
    return page.sections().stream().map(Section::id).toList();
  }

  private static <T extends Block> List<T> blocks(Page page, String section, Class<T> type) {
    return page.sections().stream()
        .filter(found -> found.id().equals(section))
        .flatMap(found -> found.blocks().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static List<List<String>> rowsOf(Page page, String section) {
    return blocks(page, section, Table.class).get(0).rows();
  }

  @Test
  void theFirstNightHasNoChampionToShow() {
    Page page = page(FIRST);
    assertThat(sections(page)).contains("decision", "gate").doesNotContain("drift", "nights");
    assertThat(rowsOf(page, "decision"))
        .singleElement()
        .satisfies(row -> assertThat(row).startsWith("floor").contains("0.6", "passed"));
    assertThat(blocks(page, "decision", Chart.class)).isEmpty();
  }

  @Test
  void championAndChallengerAreComparedOnTheSameExamples() {
    Page page = page(BETTER);
    assertThat(rowsOf(page, "decision"))
        .extracting(row -> row.get(0), row -> row.get(2), row -> row.get(3))
        .containsExactly(
            tuple("min-delta", "0", "passed"),
            tuple("significance", "0.05", "passed"),
            tuple("max-drop", "1", "passed"));
    Table metrics = blocks(page, "decision", Table.class).get(1);
    assertThat(metrics.caption())
        .isEqualTo("Metrics on the same test examples; the first one decides");
    assertThat(metrics.columns())
        .extracting(Table.Column::name)
        .containsExactly(
            "metric", "champion steps@1", "challenger steps@2", "difference", "better");
    Row decision = query(BETTER, "decisions").get(0);
    double gain =
        100
            * (decision.<Double>getAs("challenger_value")
                - decision.<Double>getAs("champion_value"));
    assertThat(metrics.rows().get(0))
        .startsWith("accuracy")
        .endsWith("+%.2f points".formatted(gain), "challenger");
    List<Row> recalls =
        query(BETTER, "comparison").stream().filter(row -> !row.isNullAt(2)).toList();
    Chart chart = blocks(page, "decision", Chart.class).get(0);
    assertThat(chart.caption()).isEqualTo("Recall by class");
    assertThat(chart.series().get(1).y())
        .hasSize(2)
        .containsExactly(
            recalls.stream().mapToDouble(row -> row.<Double>getAs("challenger")).toArray());
  }

  @Test
  void aRefusedNightHasAPageWithTheChecksAndTheDrift() throws IOException {
    Page page = page(REFUSED);
    assertThat(sections(page)).containsExactly("summary", "gate", "drift", "nights", "record");
    assertThat(blocks(page, "summary", Block.Prose.class).get(0).text())
        .startsWith("Check 9 of 11 (drift) refused the data: ")
        .endsWith(", or set gate.drift.max-psi.");
    assertThat(Files.readString(file(REFUSED))).contains("Check 11 of 11 (drift of x in the");
    String index = "%.2f".formatted(psi(REFUSED, "new", "x"));
    assertThat(blocks(page, "gate", Block.Prose.class))
        .extracting(hint -> hint.text().replaceFirst("index .*", "index"), Block.Prose::hint)
        .containsExactly(
            tuple(
                "Check 9 of 11 (drift of x) refused the data: expected at most 0.25, found"
                    + " population stability index",
                true),
            tuple(
                "Check 11 of 11 (drift of x in the new data) refused the data: expected at most 1,"
                    + " found population stability index",
                true));
    List<List<String>> checks = rowsOf(page, "gate");
    assertThat(checks).hasSize(11);
    assertThat(checks.get(10)).startsWith("11", "refused", "drift", "new", "x", "at most 1");
    assertThat(checks.subList(0, 8)).allMatch(check -> check.get(1).equals("passed"));
    assertThat(rowsOf(page, "drift").get(0)).startsWith("x", index, "1").endsWith("0.25");
    assertThat(blocks(page, "drift", Chart.class).get(0).caption())
        .isEqualTo("x: index " + index + ", above the bound of 1");
  }

  private static double psi(String run, String data, String column) {
    return query(run, "drift").stream()
        .filter(row -> row.getAs("data").equals(data) && row.getAs("column").equals(column))
        .findFirst()
        .orElseThrow()
        .getAs("psi");
  }

  @Test
  void driftIsSortedAndItsHistogramsAreSharesOfAllValues() {
    Page page = page(REFUSED);
    assertThat(rowsOf(page, "drift")).extracting(row -> row.get(0)).containsExactly("x", "label");
    for (Chart chart : blocks(page, "drift", Chart.class)) {
      assertThat(chart.series())
          .extracting(Chart.Series::name)
          .containsExactly("champion's data", "new data");
      assertThat(chart.series())
          .allMatch(bars -> Math.abs(Arrays.stream(bars.y()).sum() - 1) < 1e-9);
    }
    List<String> drift = kept.details().stream().filter(line -> line.startsWith("drift")).toList();
    assertThat(drift).hasSize(2);
    assertThat(drift.get(0)).endsWith(" (new data, bound 1)");
    assertThat(drift.get(1)).endsWith(" (all data, bound 0.25)");
  }

  @Test
  void nightsShowTheMetricsAndHowTheyEnded() {
    Page page = page(KEPT);
    assertThat(rowsOf(page, "nights"))
        .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(3))
        .containsExactly(
            "4 2026-01-04 kept",
            "3 2026-01-03 refused",
            "2 2026-01-02 promoted",
            "1 2026-01-01 promoted");
    Chart curve = blocks(page, "nights", Chart.class).get(0);
    assertThat(curve.series().get(0).x()).containsExactly(2, 4);
    assertThat(curve.series().get(1).x()).containsExactly(1, 2, 4);
    assertThat(curve.series().get(1).y())
        .containsExactly(
            Stream.of(FIRST, BETTER, KEPT)
                .mapToDouble(
                    run -> query(run, "decisions").get(0).<Double>getAs("challenger_value"))
                .toArray());
    assertThat(curve.markers())
        .containsExactly(
            new Chart.Marker(1, "promoted"),
            new Chart.Marker(2, "promoted"),
            new Chart.Marker(3, "refused"));
    assertThat(rowsOf(page(REFUSED), "nights")).hasSize(3); // none after it
  }

  @Test
  void aNightThatCannotBeReadIsLeftOut() throws IOException {
    Path damaged = folder.resolve("runs/2026-01-00");
    Files.createDirectories(damaged);
    Files.writeString(damaged.resolve("run.json"), "{");
    assertThat(rowsOf(page(KEPT), "nights")).hasSize(4);
  }

  @Test
  @Tag("cluster")
  void thePagesAreAccessibleAndFitTheirScreens() throws Exception {
    Chromium.require();
    JsonNode shown = Chromium.run("read.cjs", List.of(file(REFUSED), file(KEPT)));
    for (String run : List.of(REFUSED, KEPT)) {
      JsonNode page = shown.get(run);
      assertThat(page.at("/accessibility/light")).isEmpty();
      assertThat(page.at("/accessibility/dark")).isEmpty();
      assertThat(page.get("wide")).isEmpty();
      assertThat(page.get("problems")).isEmpty();
    }
  }
}
