package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The sentences of the rules, on profiles that are written by hand. */
class GateRulesTest {
  private static final Histogram HISTOGRAM =
      Histogram.of(new double[] {-1, 5, 9}, new long[] {0, 600, 400, 0});
  private static final NumberColumn SIZE = new NumberColumn("size", 0, 9, HISTOGRAM);
  private static final DuplicateCounts NO_DUPLICATES = new DuplicateCounts(1000, 0, 0, 0);

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

  private static Inspection alone(DataProfile profile) {
    return new Inspection(profile, Optional.empty(), Optional.empty(), Optional.of(NO_DUPLICATES));
  }

  private static Inspection against(DataProfile reference, DataProfile profile) {
    return new Inspection(
        profile, Optional.of(reference), Optional.of(profile), Optional.of(NO_DUPLICATES));
  }

  private static List<String> failures(GateRule rule, Inspection data) {
    return rule.check(data).stream()
        .filter(check -> !check.passed())
        .map(GateCheck::sentence)
        .toList();
  }

  private static DataProfile missing(long values) {
    Histogram histogram = Histogram.of(new double[] {-1, 9}, new long[] {0, 1_000 - values, 0});
    return table(new NumberColumn("size", 0, 9, histogram), 500, 500);
  }

  @Test
  void missingValuesAreBoundedByTheSettingAndByTheChampion() {
    MissingRule rule = new MissingRule(0.5);
    assertThat(failures(rule, alone(missing(500)))).isEmpty();
    assertThat(failures(rule, alone(missing(501))))
        .containsExactly(
            "the values of size are missing in 501 of 1000 examples, expected at most 500; complete"
                + " them, or set gate.max-missing");
    assertThat(failures(rule, against(missing(100), missing(160)))).isEmpty();
    assertThat(failures(rule, against(missing(400), missing(501)))).hasSize(1);
    assertThat(failures(rule, against(missing(0), missing(10)))).isEmpty();
    assertThat(failures(rule, against(missing(0), missing(50))))
        .containsExactly(
            "the values of size are missing in 50 of 1000 examples, expected at most 10 by the"
                + " champion's data; complete them, or promote a model that was trained on such"
                + " data");
  }

  @Test
  void tooFewAndTooManyRowsAreRefused() {
    RowRule rule = new RowRule(100, OptionalInt.of(200), 2);
    assertThat(failures(rule, alone(table(SIZE, 50, 50)))).isEmpty();
    assertThat(failures(rule, alone(table(SIZE, 50, 49))))
        .containsExactly(
            "there are 99 training examples, expected at least 100 and at most 200; complete the"
                + " data, or set gate.rows");
    assertThat(failures(rule, alone(table(SIZE, 100, 101)))).hasSize(1);
  }

  @Test
  void rowsAreComparedWithTheChampions() {
    RowRule rule = new RowRule(1, OptionalInt.empty(), 2);
    assertThat(failures(rule, against(table(SIZE, 50, 50), table(SIZE, 100, 100)))).isEmpty();
    assertThat(failures(rule, against(table(SIZE, 50, 50), table(SIZE, 25, 24))))
        .containsExactly(
            "there are 49 training examples, but the champion had 100, expected at most 2 times as"
                + " many or as few as 100; complete the data, or set gate.rows.max-factor");
    assertThat(failures(rule, against(table(SIZE, 50, 50), table(SIZE, 100, 101)))).hasSize(1);
  }

  @Test
  void missingColumnsAndNewOnesAreNamed() {
    DataProfile champion = table(SIZE, 500, 500);
    assertThat(failures(new SchemaRule(), against(champion, champion))).isEmpty();
    NumberColumn other = new NumberColumn("weight", 0, 9, HISTOGRAM);
    assertThat(failures(new SchemaRule(), against(champion, table(other, 500, 500))))
        .containsExactly(
            "the data have other columns than the champion's: no size (number), new: weight"
                + " (number); restore them, or train a first model under another name");
    assertThat(new SchemaRule().check(alone(champion))).isEmpty();
  }

  @Test
  void missingClassIsNamed() {
    ClassRule rule = new ClassRule(0);
    assertThat(failures(rule, against(table(SIZE, 300, 300, 300), table(SIZE, 300, 300, 0))))
        .containsExactly(
            "the training examples have 2 classes: 0, 1, expected the champion's 3 classes: 0, 1,"
                + " 2; complete the labels");
    assertThat(failures(rule, alone(table(SIZE, 300, 0))))
        .containsExactly(
            "the training examples have 1 class: 0, expected at least 2 classes; complete the"
                + " labels");
    assertThat(failures(rule, alone(table(SIZE, 300, 1)))).isEmpty();
  }

  @Test
  void examplesWithoutLabelsAreRefused() {
    DataProfile profile =
        new DataProfile(9, Optional.empty(), List.of(SIZE), List.of(), List.of(), Optional.empty());
    assertThat(failures(new ClassRule(0), alone(profile)))
        .containsExactly(
            "the training examples have neither, expected labels or targets; complete the labels");
  }

  @Test
  void rareClassIsNamed() {
    ClassRule rule = new ClassRule(0.05);
    assertThat(failures(rule, alone(table(SIZE, 95, 5)))).isEmpty();
    assertThat(failures(rule, alone(table(SIZE, 96, 4))))
        .containsExactly(
            "class 1 has a share of 0.04 of the training examples, expected at least 0.05; complete"
                + " the data, or set gate.min-class-share");
  }

  @Test
  void valueOutsideOfItsRangeIsShown() {
    assertThat(failures(new RangeRule("size", 0, 9), alone(table(SIZE, 500, 500)))).isEmpty();
    assertThat(failures(new RangeRule("size", 1, 8.5), alone(table(SIZE, 500, 500))))
        .containsExactly(
            "column size has the values 0.0 to 9.0, expected 1.0 to 8.5; repair the values, or set"
                + " gate.ranges");
    assertThat(
            failures(
                new RangeRule("age", Double.NEGATIVE_INFINITY, 1), alone(table(SIZE, 500, 500))))
        .containsExactly(
            "column age has the values no such numeric column, expected any to 1.0; repair the"
                + " values, or set gate.ranges");
  }

  @Test
  void constantColumnsAreNamedWithTheirValue() {
    ConstantRule rule = new ConstantRule(0, 0.5);
    assertThat(failures(rule, alone(table(SIZE, 500, 500)))).isEmpty();
    DataProfile profile =
        new DataProfile(
            9,
            Optional.empty(),
            List.of(new NumberColumn("dead", 0, 0, HISTOGRAM)),
            List.of(column("color", 0, 9)),
            List.of(),
            Optional.empty());
    assertThat(failures(rule, alone(profile)))
        .containsExactly(
            "columns that are the same in all training examples: 2: dead (always 0), color (always"
                + " 1), expected at most 0; repair them, leave them out of data.columns, or set"
                + " gate.max-constant-columns");
    assertThat(failures(new ConstantRule(2, 0.5), alone(profile))).isEmpty();
  }

  @Test
  void constantPixelsAreAShare() {
    ImageProfile image = new ImageProfile(List.of(2, 4), HISTOGRAM, 5);
    DataProfile profile =
        new DataProfile(
            9, Optional.of(image), List.of(SIZE), List.of(), List.of(), Optional.empty());
    assertThat(failures(new ConstantRule(0, 0.625), alone(profile))).isEmpty();
    assertThat(failures(new ConstantRule(0, 0.5), alone(profile)))
        .containsExactly(
            "a share of 0.625 of the pixels is the same in all training images, expected at most"
                + " 0.5; repair the images, or set gate.max-constant-pixels");
  }

  @Test
  void duplicatesAreCounted() {
    Inspection data =
        new Inspection(
            table(SIZE, 500, 500),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new DuplicateCounts(1000, 500, 200, 3)));
    assertThat(failures(new DuplicateRule(0.4, 0.01), data))
        .containsExactly(
            "500 of 1000 training examples have the features of another one, expected at most a"
                + " share of 0.4; remove the copies, or set gate.max-duplicates",
            "3 of 200 test examples have the features of a training example, expected at most a"
                + " share of 0.01; remove them from the training data, or set"
                + " gate.max-test-overlap");
    assertThat(failures(new DuplicateRule(0.5, 0.015), data)).isEmpty();
  }

  @Test
  void driftOfEachColumnIsToldWithItsTest() {
    NumberColumn moved =
        new NumberColumn(
            "size", 0, 9, Histogram.of(new double[] {-1, 5, 9}, new long[] {0, 400, 600, 0}));
    Inspection data = against(table(SIZE, 500, 500), table(moved, 500, 500));
    List<GateCheck> checks = new DriftRule(0.25, 0.05).check(data);
    assertThat(checks)
        .extracting(check -> check.column().orElseThrow())
        .containsExactly("label", "size", "color");
    // 0.2 ln(0.6 / 0.4) twice: 0.162; distance 0.2; three tests.
    assertThat(checks.get(1).found())
        .isEqualTo(
            "population stability index 0.162 (Kolmogorov-Smirnov 0.2, p < 0.001, significant)");
    assertThat(checks.get(2).found())
        .isEqualTo("population stability index 0 (chi-squared 0, p = 1, not significant)");
    assertThat(checks).allMatch(GateCheck::passed);
    assertThat(failures(new DriftRule(0.1, 0.05), data))
        .containsExactly(
            "the distribution of size has drifted from the champion's data: population stability"
                + " index 0.162 (Kolmogorov-Smirnov 0.2, p < 0.001, significant), expected at most"
                + " 0.1; find out what has changed in the data, or set gate.drift.max-psi");
  }

  @Test
  void rareCategoriesAreComparedTogether() {
    CategoryColumn reference = column("color", 500, 495, 3, 2);
    assertThat(reference.countsByFrequentValue(reference)).containsExactly(500, 495, 5);
    assertThat(reference.countsByFrequentValue(column("color", 10, 0, 4, 0, 6)))
        .containsExactly(10, 0, 10);
  }
}
