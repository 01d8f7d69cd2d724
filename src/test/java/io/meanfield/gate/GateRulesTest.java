package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.column.ColumnUse;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The sentences of the rules, on profiles that are written by hand. */
class GateRulesTest {
  private static final Histogram HISTOGRAM =
      new Histogram(List.of(-1.0, 5.0, 9.0), List.of(0L, 600L, 400L, 0L));
  private static final NumberColumn SIZE = new NumberColumn("size", 0, 9, HISTOGRAM);

  private static CategoryColumn column(String name, long... counts) {
    Map<String, Long> byValue = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      byValue.put(Integer.toString(i), counts[i]);
    }
    return new CategoryColumn(name, byValue);
  }

  private static DataProfile table(NumberColumn number, long... classes) {
    CategoryColumn label = column("label", classes);
    return new DataProfile(
        label.total(),
        Optional.empty(),
        List.of(number),
        List.of(column("color", 500, 500)),
        List.of(),
        Optional.of(label));
  }

  /** Data, and those of a champion if there is one. */
  private record Compared(DataProfile profile, Optional<DataProfile> reference) {
    List<GateCheck> checks(GateSettings bounds) {
      GateRules rules = new GateRules(bounds, reference);
      return rules.check(
          profile,
          rules.bounded(rules.drifts(profile, reference.map(champion -> profile))),
          List.of());
    }
  }

  private static Compared alone(DataProfile profile) {
    return new Compared(profile, Optional.empty());
  }

  private static Compared against(DataProfile reference, DataProfile profile) {
    return new Compared(profile, Optional.of(reference));
  }

  private static GateSettings bounds(int minRows, double maxFactor, double minShare) {
    return new GateSettings(minRows, maxFactor, minShare, 0.5, List.of(), 0.25, 1);
  }

  private static GateSettings range(String column, double min, double max) {
    return new GateSettings(
        1, 10, 0, 0.5, List.of(new GateSettings.Range(column, min, max)), 0.25, 1);
  }

  private static List<String> failures(GateSettings bounds, GateCheck.Kind kind, Compared data) {
    return data.checks(bounds).stream()
        .filter(check -> check.kind() == kind && !check.passed())
        .map(GateCheck::sentence)
        .toList();
  }

  private static List<String> failures(GateCheck.Kind kind, Compared data) {
    return failures(bounds(1, 10, 0), kind, data);
  }

  private static DataProfile missing(long values) {
    Histogram histogram = new Histogram(List.of(-1.0, 9.0), List.of(0L, 1_000 - values, 0L));
    return table(new NumberColumn("size", 0, 9, histogram), 500, 500);
  }

  @Test
  void missingValuesAreBoundedByTheSettingAndByTheChampion() {
    assertThat(failures(GateCheck.Kind.MISSING, alone(missing(500)))).isEmpty();
    assertThat(failures(GateCheck.Kind.MISSING, alone(missing(501))))
        .containsExactly(
            "the values of size are missing in 501 of 1000 examples, expected at most 500; complete"
                + " them, or set gate.max-missing");
    assertThat(failures(GateCheck.Kind.MISSING, against(missing(100), missing(160)))).isEmpty();
    assertThat(failures(GateCheck.Kind.MISSING, against(missing(400), missing(501)))).hasSize(1);
    assertThat(failures(GateCheck.Kind.MISSING, against(missing(0), missing(10)))).isEmpty();
    assertThat(failures(GateCheck.Kind.MISSING, against(missing(0), missing(50))))
        .containsExactly(
            "the values of size are missing in 50 of 1000 examples, expected at most 10 by the"
                + " champion's data; complete them, or promote a model that was trained on such"
                + " data");
  }

  @Test
  void tooFewRowsAreRefused() {
    GateSettings bounds = bounds(100, 2, 0);
    assertThat(failures(bounds, GateCheck.Kind.ROWS, alone(table(SIZE, 50, 50)))).isEmpty();
    assertThat(failures(bounds, GateCheck.Kind.ROWS, alone(table(SIZE, 50, 49))))
        .containsExactly(
            "there are 99 training examples, expected at least 100; complete the data, or set"
                + " gate.rows.min");
  }

  @Test
  void rowsAreComparedWithTheChampions() {
    GateSettings bounds = bounds(1, 2, 0);
    DataProfile champion = table(SIZE, 50, 50);
    assertThat(
            failures(bounds, GateCheck.Kind.ROWS_CHANGE, against(champion, table(SIZE, 100, 100))))
        .isEmpty();
    assertThat(failures(bounds, GateCheck.Kind.ROWS_CHANGE, against(champion, table(SIZE, 25, 24))))
        .containsExactly(
            "there are 49 training examples, but the champion had 100, expected at most 2 times as"
                + " many or as few as 100; complete the data, or set gate.rows.max-factor");
    assertThat(
            failures(bounds, GateCheck.Kind.ROWS_CHANGE, against(champion, table(SIZE, 100, 101))))
        .containsExactly(
            "there are 201 training examples, but the champion had 100, expected at most 2 times as"
                + " many or as few as 100; look for files that repeat others, or set"
                + " gate.rows.max-factor");
  }

  @Test
  void missingColumnsAndNewOnesAreNamed() {
    DataProfile champion = table(SIZE, 500, 500);
    assertThat(failures(GateCheck.Kind.SCHEMA, against(champion, champion))).isEmpty();
    NumberColumn other = new NumberColumn("weight", 0, 9, HISTOGRAM);
    assertThat(failures(GateCheck.Kind.SCHEMA, against(champion, table(other, 500, 500))))
        .containsExactly(
            "the data have other columns than the champion's: no size (number), new: weight"
                + " (number); restore them, or train a first model under another name");
  }

  @Test
  void columnThatHasAnotherUseIsNamedWithItsReason() {
    DataProfile champion = table(SIZE, 500, 500);
    DataProfile changed =
        new DataProfile(
            1_000,
            Optional.empty(),
            List.of(),
            List.of(column("color", 500, 500), column("size", 500, 500)),
            List.of(),
            champion.label());
    GateRules rules = new GateRules(bounds(1, 10, 0), Optional.of(champion));
    List<ColumnUse> uses =
        List.of(ColumnUse.named("color", ""), ColumnUse.named("size", "2 different texts"));
    assertThat(rules.check(changed, List.of(), uses).get(0).sentence())
        .isEqualTo(
            "the data have other columns than the champion's: size (number) is a category now (2"
                + " different texts); restore them, or train a first model under another name");
  }

  @Test
  void missingClassIsNamed() {
    assertThat(
            failures(
                GateCheck.Kind.LABELS,
                against(table(SIZE, 300, 300, 300), table(SIZE, 300, 300, 0))))
        .containsExactly(
            "the training examples have 2 classes: 0, 1, expected the champion's 3 classes: 0, 1,"
                + " 2; complete the labels");
    assertThat(failures(GateCheck.Kind.LABELS, alone(table(SIZE, 300, 0))))
        .containsExactly(
            "the training examples have 1 class: 0, expected at least 2 classes; complete the"
                + " labels");
    assertThat(failures(GateCheck.Kind.LABELS, alone(table(SIZE, 300, 1)))).isEmpty();
  }

  @Test
  void examplesWithoutLabelsAreRefused() {
    DataProfile profile =
        new DataProfile(9, Optional.empty(), List.of(SIZE), List.of(), List.of(), Optional.empty());
    assertThat(failures(GateCheck.Kind.LABELS, alone(profile)))
        .containsExactly(
            "the training examples have neither, expected labels or targets; complete the labels");
  }

  @Test
  void rareClassIsNamed() {
    GateSettings bounds = bounds(1, 10, 0.05);
    assertThat(failures(bounds, GateCheck.Kind.CLASS_BALANCE, alone(table(SIZE, 95, 5)))).isEmpty();
    assertThat(failures(bounds, GateCheck.Kind.CLASS_BALANCE, alone(table(SIZE, 96, 4))))
        .containsExactly(
            "class 1 has a share of 0.04 of the training examples, expected at least 0.05; complete"
                + " the data, or set gate.min-class-share");
  }

  @Test
  void valueOutsideOfItsRangeIsShown() {
    Compared data = alone(table(SIZE, 500, 500));
    assertThat(failures(range("size", 0, 9), GateCheck.Kind.RANGE, data)).isEmpty();
    assertThat(failures(range("size", 1, 8.5), GateCheck.Kind.RANGE, data))
        .containsExactly(
            "column size has the values 0.0 to 9.0, expected 1.0 to 8.5; repair the values, or set"
                + " gate.ranges");
    assertThat(failures(range("age", Double.NEGATIVE_INFINITY, 1), GateCheck.Kind.RANGE, data))
        .containsExactly(
            "column age has the values no such numeric column, expected any to 1.0; repair the"
                + " values, or set gate.ranges");
  }

  @Test
  void driftOfEachColumnIsTold() {
    NumberColumn moved =
        new NumberColumn(
            "size", 0, 9, new Histogram(List.of(-1.0, 5.0, 9.0), List.of(0L, 400L, 600L, 0L)));
    Compared data = against(table(SIZE, 500, 500), table(moved, 500, 500));
    List<GateCheck> checks =
        data.checks(bounds(1, 10, 0)).stream()
            .filter(check -> check.kind() == GateCheck.Kind.DRIFT)
            .toList();
    assertThat(checks)
        .extracting(check -> check.column().orElseThrow())
        .containsExactly("label", "size", "color");
    // 0.2 ln(0.6 / 0.4) twice
    assertThat(checks.get(1).found()).isEqualTo("population stability index 0.162");
    assertThat(checks.get(2).found()).isEqualTo("population stability index 0");
    assertThat(checks).allMatch(GateCheck::passed);
    GateSettings strict = new GateSettings(1, 10, 0, 0.5, List.of(), 0.1, 1);
    assertThat(failures(strict, GateCheck.Kind.DRIFT, data))
        .containsExactly(
            "the distribution of size has drifted from the champion's data: population stability"
                + " index 0.162, expected at most 0.1; find out what has changed in the data, or"
                + " set gate.drift.max-psi");
  }

  @Test
  void rareCategoriesAreComparedTogether() {
    CategoryColumn reference = column("color", 500, 495, 3, 2);
    assertThat(reference.countsByFrequentValue(reference)).containsExactly(500, 495, 5);
    assertThat(reference.countsByFrequentValue(column("color", 10, 0, 4, 0, 6)))
        .containsExactly(10, 0, 10);
  }

  @Test
  void refusalSaysWhichCheckOfHowManyHasFailed() {
    List<GateCheck> checks = alone(table(SIZE, 1_000, 0)).checks(bounds(1, 10, 0));
    GateReport report = new GateReport(checks, Optional.empty(), new DriftReport(List.of()));
    String sentence =
        "check 2 of 4 (labels) refused the data: the training examples have 1 class: 0, expected at"
            + " least 2 classes; complete the labels";
    assertThat(report.refusals()).containsExactly(sentence);
    assertThatThrownBy(report::requirePassed)
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void gateHasARowForEachCheck() {
    assertThat(GateReport.TABLE.name()).isEqualTo("gate");
    assertThat(
            Arrays.stream(GateReport.TABLE.schema().fields())
                .map(field -> field.name() + (field.nullable() ? "?" : "")))
        .containsExactly("run_id", "check", "data", "column?", "expected", "found", "passed");
  }
}
