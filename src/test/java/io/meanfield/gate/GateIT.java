package io.meanfield.gate;

import static io.meanfield.gate.GateFixtures.check;
import static io.meanfield.gate.GateFixtures.color;
import static io.meanfield.gate.GateFixtures.csv;
import static io.meanfield.gate.GateFixtures.drifts;
import static io.meanfield.gate.GateFixtures.failures;
import static io.meanfield.gate.GateFixtures.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.DatasetMetadata;
import io.meanfield.data.Examples;
import io.meanfield.data.TargetKind;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.table.Table;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on tables. */
class GateIT {
  @TempDir private Path folder;
  private static final AtomicReference<DataProfile> REFERENCE = new AtomicReference<>();

  private String write(String name, int first, int end, IntFunction<String> row) {
    return GateFixtures.write(folder, name, first, end, row);
  }

  private DataProfile reference() {
    if (REFERENCE.get() == null) {
      GateReport report =
          check(csv(write("reference.csv", 0, 2000, GateFixtures::row)), Optional.empty());
      assertThat(report.sentences()).isEmpty();
      REFERENCE.set(report.profile().orElseThrow());
    }
    return REFERENCE.get();
  }

  @Test
  void rowsOfTheSameKindPass() {
    GateReport report =
        check(csv(write("more.csv", 5000, 8000, GateFixtures::row)), Optional.of(reference()));
    assertThat(report.sentences()).isEmpty();
    assertThat(drifts(report)).containsExactly("label", "age", "size", "color");
    assertThat(report.lines()).startsWith("gate     the data passed 12 checks");
  }

  @Test
  void shiftedColumnIsNamedWithItsIndex() {
    String shifted =
        write(
            "shifted.csv", 2000, 4000, i -> row(i).replaceFirst(",[0-9]+,", ",20" + i % 10 + ","));
    GateReport report = check(csv(shifted), Optional.of(reference()));
    assertThat(failures(report)).containsExactly("drift age");
    assertThat(report.sentences().get(0))
        .startsWith(
            "the distribution of age has drifted from the champion's data: population stability"
                + " index ")
        .endsWith(
            ", expected at most 0.25; find out what has changed in the data, or set"
                + " gate.drift.max-psi");
  }

  @Test
  void allFaultsOfATableAreFoundAtOnce() {
    String faulty =
        write("faulty.csv", 0, 300, i -> i + "," + i * 37 % 101 + ",0," + color(i) + ",1");
    GateReport report = check(csv(faulty), Optional.of(reference()));
    assertThat(failures(report))
        .containsExactly("rows", "labels", "class_balance", "drift label", "drift size");
  }

  @Test
  void valuesThatCannotBeReadAreAFinding() {
    String broken = write("broken.csv", 0, 2000, i -> row(i).replace(",red,", ",,"));
    GateReport report = check(csv(broken), Optional.empty());
    assertThat(failures(report)).containsExactly("readable");
    assertThat(report.sentences().get(0))
        .startsWith(broken + ", id 0: column color has no value")
        .contains("and 662 more rows of ");
    assertThat(report.profile()).isEmpty();
    String twice = write("twice.csv", 0, 2000, i -> row(i % 1999));
    assertThat(check(csv(twice), Optional.empty()).sentences())
        .containsExactly(twice + " has the id 0 twice in column id; ids must be unique");
  }

  @Test
  void unreadableTestDataDoNotHideFindingsInTheTrainingData() {
    String few = write("few.csv", 0, 500, GateFixtures::row);
    String broken = write("test.csv", 0, 2, i -> row(i).replace(",red,", ",,"));
    Gate gate = new Gate(GateFixtures.SETTINGS, Optional.empty());
    Optional<DataProfiler> all = GateFixtures.read(gate, 2, csv(few), Optional.empty());
    assertThat(gate.read(false, csv(broken))).isEmpty();
    GateReport report = gate.judge(all, Optional.empty(), List.of());
    assertThat(report.sentences())
        .containsExactly(
            broken
                + ", id 0: column color has no value, expected a category, or"
                + " data.columns.handle-unknown = extra-column; correct the data, or leave such"
                + " rows out with data.bad-rows = skip",
            "there are 500 training examples, expected at least 1000; complete the data, or set"
                + " gate.rows.min");
  }

  /** Returns a table whose missing numbers become the median. */
  private static Supplier<Dataset> imputed(String path) {
    SettingsTree tree =
        SettingsTree.load(
            List.of(),
            List.of(
                "data { format = csv, train.path = \"" + path + "\" }",
                "data.columns { id = id, features = [age, size], categorical = [color] }",
                "data.columns { label = kind, impute = median, scale = standard }"));
    return () ->
        DataSettings.read(tree.section("data"), "runs")
            .train()
            .open(ReadContext.of(LocalSpark.context(), 2).fittedTo(TrainingShare.ALL));
  }

  @Test
  void valuesThatAreMissingInOneOfTwentyRowsAreAFinding() {
    String whole = write("whole.csv", 0, 2000, GateFixtures::row);
    DataProfile champion = check(imputed(whole), Optional.empty()).profile().orElseThrow();
    String missing =
        write(
            "missing.csv",
            0,
            2000,
            i -> i % 20 == 0 ? row(i).replaceFirst(",[0-9]+,", ",NaN,") : row(i));
    GateReport report = check(imputed(missing), Optional.of(champion));
    assertThat(failures(report)).containsExactly("missing age");
    assertThat(report.sentences())
        .containsExactly(
            "the values of age are missing in 100 of 2000 examples, expected at most 20 by the"
                + " champion's data; complete them, or promote a model that was trained on such"
                + " data");
  }

  @Test
  void missingColumnIsAFindingIfTheChampionHadIt() {
    String path =
        IdxFixtures.write(
            folder,
            "narrow.csv",
            "id,age,color,kind\n1,2,red,0\n".getBytes(StandardCharsets.UTF_8));
    assertThat(failures(check(csv(path), Optional.of(reference())))).containsExactly("readable");
    assertThatThrownBy(() -> check(csv(path), Optional.empty()))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS));
  }

  @Test
  void targetOfARegressionIsComparedToo() {
    ColumnRoles columns =
        new ColumnRoles(
            Optional.of("id"),
            Optional.of(List.of("age")),
            List.of(),
            Optional.empty(),
            List.of("size"),
            ColumnRoles.HandleUnknown.ERROR);
    DataProfile champion =
        GateFixtures.check(
                ranged(),
                2,
                csv(columns, write("first.csv", 0, 2000, GateFixtures::row)),
                Optional.empty())
            .profile()
            .orElseThrow();
    String doubled = write("doubled.csv", 0, 2000, i -> row(i).replaceFirst(",([0-9]+),", ",$1,2"));
    GateReport report =
        GateFixtures.check(ranged(), 2, csv(columns, doubled), Optional.of(champion));
    assertThat(drifts(report)).containsExactly("age", "target 0");
    assertThat(failures(report)).containsExactly("range target 0", "drift target 0");
  }

  private static GateSettings ranged() {
    return new GateSettings(
        1000, 10, 0.001, 0.5, List.of(new GateSettings.Range("target 0", 0, 1000)), 0.25, 1);
  }

  @Test
  void newDataWithoutExamplesAreAFinding() {
    JavaRDD<Examples> blocks = LocalSpark.context().emptyRDD();
    DatasetMetadata metadata =
        new DatasetMetadata(
            0, List.of(5), false, TargetKind.CLASSES, false, Optional.empty(), "day 2");
    Gate gate = new Gate(GateFixtures.SETTINGS, Optional.empty());
    Supplier<Dataset> training = csv(write("all.csv", 0, 2000, GateFixtures::row));
    Optional<DataProfiler> all = GateFixtures.read(gate, 2, training, Optional.empty());
    Optional<DataProfiler> fresh =
        GateFixtures.read(gate, 2, () -> new Dataset(metadata, blocks), Optional.empty());
    assertThat(gate.judge(all, fresh, List.of("day 2")).sentences())
        .containsExactly("day 2 has no examples");
  }

  private RunDirectory written(String run, GateReport... attempts) {
    RunDirectory claimed =
        new Runs(LocalSpark.context().hadoopConfiguration(), folder.toString())
            .claim(new RunId(run), Manifest.of(Map.of()));
    try (Lease lease = Lease.take(claimed)) {
      Stream.of(attempts).forEach(report -> report.write(lease.run()));
    }
    return claimed;
  }

  @Test
  void tableOfDriftHasARowForEachBinOfTheNewestAttempt() {
    GateReport first = check(csv(write("table.csv", 0, 2000, GateFixtures::row)), Optional.empty());
    GateReport same = check(csv(write("same.csv", 0, 2000, GateFixtures::row)), first.profile());
    RunDirectory night = written("night-1", same);
    List<Row> rows = Table.read(LocalSpark.session(), night, "drift");
    assertThat(rows.stream().filter(row -> row.getAs("column").equals("color")))
        .extracting(row -> row.mkString("|"))
        .containsExactly(
            "night-1|all|color|0.0|0.25|0|blue|666|666",
            "night-1|all|color|0.0|0.25|1|green|667|667",
            "night-1|all|color|0.0|0.25|2|red|667|667",
            "night-1|all|color|0.0|0.25|3|others|0|0");
    assertThat(rows.stream().map(row -> row.<String>getAs("column")).distinct())
        .containsExactly("label", "age", "size", "color");
    assertThat(written("night-2", same, first).exists("tables/drift")).isFalse();
  }

  @Test
  void tableHasARowForEachCheck() {
    GateReport report = check(csv(write("table.csv", 0, 500, GateFixtures::row)), Optional.empty());
    RunDirectory claimed = written("night-1", report);
    List<Row> rows = Table.read(LocalSpark.session(), claimed, "gate");
    assertThat(rows).hasSameSizeAs(report.checks());
    assertThat(rows.get(1).mkString("|"))
        .isEqualTo("night-1|rows|all|null|at least 1000|500|false");
  }
}
