package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.registry.Cause;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.TestVersions;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.UtcTime;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a model whose second version was promoted and rolled back. */
class ModelPageTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  private RegisteredModel model;

  @BeforeEach
  void promoteAndRollBack() {
    model = new Registry(HADOOP, folder.resolve("models").toString()).model("digits");
    register("monday");
    register("tuesday");
    model.promote(1, Optional.empty(), cause("first model", Optional.empty()));
    model.promote(2, Optional.of(1), cause("accuracy 0.97 is above 0.94", Optional.of("tuesday")));
    model.rollBack(1, Optional.of(2), cause("<b>wrong</b> answers", Optional.empty()));
  }

  private void register(String run) {
    model.register(
        NewVersion.of(
            "digits",
            TestVersions.run(HADOOP, folder.resolve("runs").toString(), run, "model of " + run)));
  }

  private static Cause cause(String reason, Optional<String> run) {
    return new Cause("ann", reason, run);
  }

  private Page page() {
    return ModelPage.of(model, Instant.now());
  }

  private List<Block> blocks(int section) {
    return page().sections().get(section).blocks();
  }

  private Instant at(int entry) {
    return model.history().entries().get(entry).time();
  }

  private String time(int entry) {
    return UtcTime.of(at(entry));
  }

  /** The file has a right checksum, which a hostile writer can compute. */
  @Test
  void metricOfRetrainingThatIsNoTextIsNamed() {
    model.register(
        NewVersion.of(
            "digits",
            TestVersions.run(
                HADOOP,
                folder.resolve("runs").toString(),
                "wednesday",
                "model of wednesday",
                Map.of("settings", Map.of("retrain", Map.of("metric", List.of(1)))))));
    assertThatThrownBy(this::page)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessageMatching(
            "settings\\.retrain\\.metric must be a string, found \\[1] \\(.*/versions/3/version\\.json:"
                + " \\d+\\); restore the file from a backup");
  }

  @Test
  void headerNamesTheChampionWithItsMetricAndSince() {
    assertThat(page().facts())
        .containsExactly(
            Fact.strong("champion", "version 1"),
            new Fact("validation accuracy", "75.00 %"),
            new Fact("champion since", time(2)),
            new Fact("versions", "2"));
    assertThat(blocks(0).get(0))
        .isEqualTo(
            new Paragraph(
                "Version 1 has been the champion since "
                    + time(2)
                    + ". Reason: <b>wrong</b> answers."));
  }

  @Test
  void changesAreSentencesNewestFirst() {
    DataTable changes = (DataTable) blocks(1).get(0);
    assertThat(changes.columns())
        .extracting(Column::name)
        .containsExactly(
            "time", "change", "reason", "validation accuracy, %", "before", "by", "run");
    assertThat(changes.rows())
        .containsExactly(
            List.of(
                Cell.of(at(2)),
                Cell.of("Roll-back from version 2 to version 1."),
                Cell.of("<b>wrong</b> answers."),
                Cell.of(75, 2),
                Cell.of(75, 2),
                Cell.of("ann"),
                Cell.of("")),
            List.of(
                Cell.of(at(1)),
                Cell.of("Version 2 replaced version 1."),
                Cell.of("Accuracy 0.97 is above 0.94."),
                Cell.of(75, 2),
                Cell.of(75, 2),
                Cell.of("ann"),
                Cell.of("tuesday")),
            List.of(
                Cell.of(at(0)),
                Cell.of("Version 1 became the first champion."),
                Cell.of("First model."),
                Cell.of(75, 2),
                Cell.empty(),
                Cell.of("ann"),
                Cell.of("")));
  }

  @Test
  void versionsHaveTheNameThatCommandsTake() {
    DataTable versions = (DataTable) blocks(2).get(0);
    assertThat(versions.rows())
        .extracting(row -> row.subList(0, 3))
        .containsExactly(
            List.of(Cell.of(2, 0), Cell.of("digits@2"), Cell.of("")),
            List.of(Cell.of(1, 0), Cell.of("digits@1"), Cell.of("champion")));
  }

  @Test
  void chartsShowTheChampionAtEachTime() {
    LineChart champion = (LineChart) blocks(0).get(1);
    assertThat(champion.x().scale()).isEqualTo(Axis.Scale.TIME);
    assertThat(champion.series().get(0).y()).containsExactly(1, 2, 1, 1);
    assertThat(champion.series().get(0).x()).startsWith((double) at(0).toEpochMilli()).isSorted();
    assertThat(champion.markers()).hasSize(1);
    LineChart metric = (LineChart) blocks(0).get(2);
    assertThat(metric.caption()).isEqualTo("Champion by validation accuracy");
    assertThat(metric.series().get(0).y()).containsExactly(75, 75, 75, 75);
  }
}
