package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.registry.Cause;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.TestVersions;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
    return Numbers.time(at(entry));
  }

  @Test
  void headerNamesTheChampionWithItsMetricAndSince() {
    assertThat(page().keyFacts())
        .containsExactly(
            Fact.strong("champion", "version 1"),
            new Fact("validation accuracy", "75.00 %"),
            new Fact("champion since", time(2)),
            new Fact("versions", "2"));
  }

  @Test
  void changesStandNewestFirst() {
    Table changes = (Table) blocks(1).get(0);
    assertThat(changes.columns())
        .extracting(Table.Column::name)
        .containsExactly(
            "time",
            "change",
            "version",
            "before",
            "reason",
            "validation accuracy, %",
            "before, validation accuracy, %",
            "by",
            "run");
    assertThat(changes.rows())
        .containsExactly(
            List.of(
                time(2),
                "roll-back",
                "1",
                "2",
                "<b>wrong</b> answers",
                "75.00",
                "75.00",
                "ann",
                ""),
            List.of(
                time(1),
                "promotion",
                "2",
                "1",
                "accuracy 0.97 is above 0.94",
                "75.00",
                "75.00",
                "ann",
                "tuesday"),
            List.of(time(0), "promotion", "1", "", "first model", "75.00", "", "ann", ""));
  }

  @Test
  void versionsHaveTheNameThatCommandsTake() {
    Table versions = (Table) blocks(2).get(0);
    assertThat(versions.rows())
        .extracting(row -> row.subList(0, 3))
        .containsExactly(List.of("2", "digits@2", ""), List.of("1", "digits@1", "champion"));
  }

  @Test
  void chartsShowTheChampionAtEachTime() {
    Chart champion = (Chart) blocks(0).get(0);
    assertThat(champion.kind()).isEqualTo(Chart.Kind.LINES_OVER_TIME);
    assertThat(champion.series().get(0).y()).containsExactly(1, 2, 1, 1);
    assertThat(champion.series().get(0).x()).startsWith((double) at(0).toEpochMilli()).isSorted();
    assertThat(champion.markers()).hasSize(1);
    Chart metric = (Chart) blocks(0).get(1);
    assertThat(metric.caption()).isEqualTo("Champion by validation accuracy");
    assertThat(metric.series().get(0).y()).containsExactly(75, 75, 75, 75);
  }
}
