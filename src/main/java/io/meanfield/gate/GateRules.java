package io.meanfield.gate;

import io.meanfield.data.column.ColumnUse;
import io.meanfield.gate.GateCheck.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules that data must satisfy. */
final class GateRules {
  // A column may miss half as many values again as in the champion's data, and one in a hundred
  // examples more.
  private static final double MISSING_FACTOR = 1.5;
  private static final double MISSING_MARGIN = 0.01;
  // The largest probability that any check refuses new data like the champion's by chance.
  private static final double SIGNIFICANCE = 0.001;

  private final GateSettings bounds;
  private final Optional<DataProfile> reference;

  /**
   * Makes rules.
   *
   * @param reference the profile of the champion's training data; empty without a champion
   */
  GateRules(GateSettings bounds, Optional<DataProfile> reference) {
    this.bounds = bounds;
    this.reference = reference;
  }

  Optional<DataProfile> reference() {
    return reference;
  }

  /**
   * Returns the drift of each column; none without a champion, or if columns differ.
   *
   * @param compared the data in the bins of the reference
   */
  List<ColumnDrift> drifts(DataProfile profile, Optional<DataProfile> compared) {
    return comparable(profile)
        .flatMap(known -> compared.map(found -> ColumnDrift.between(known, found)))
        .orElse(List.of());
  }

  /** Returns the profile of the champion's data if it has the same columns. */
  private Optional<DataProfile> comparable(DataProfile profile) {
    return reference.filter(known -> known.schema().equals(profile.schema()));
  }

  /**
   * Returns the checks of all data.
   *
   * @param drifts of their columns
   * @param uses what the columns of the table are for, with the reasons
   */
  List<GateCheck> check(DataProfile profile, List<BoundedDrift> drifts, List<ColumnUse> uses) {
    List<GateCheck> checks = new ArrayList<>();
    reference.ifPresent(champion -> checks.add(schema(champion, profile, uses)));
    checks.add(rows(profile));
    reference.ifPresent(champion -> checks.add(rowsChange(champion, profile)));
    checks.add(labels(profile));
    profile.label().ifPresent(label -> checks.add(balance(label)));
    bounds.ranges().forEach(range -> checks.add(range(range, profile)));
    checks.addAll(missing(profile));
    drifts.forEach(drift -> checks.add(drift(drift, "", "the data, or set gate.drift.max-psi")));
    return checks;
  }

  private static GateCheck schema(DataProfile champion, DataProfile profile, List<ColumnUse> uses) {
    List<String> expected = champion.schema();
    List<String> found = profile.schema();
    List<String> differences = new ArrayList<>();
    Set<String> changed = new HashSet<>();
    for (String each : expected) {
      if (!found.contains(each)) {
        Optional<ColumnUse> now =
            uses.stream().filter(use -> use.column().equals(columnOf(each))).findFirst();
        now.ifPresent(use -> changed.add(use.column()));
        differences.add(now.map(use -> change(each, use)).orElse("no " + each));
      }
    }
    found.stream()
        .filter(each -> !expected.contains(each) && !changed.contains(columnOf(each)))
        .forEach(each -> differences.add("new: " + each));
    if (differences.isEmpty() && !found.equals(expected)) {
      differences.add("the same columns in another order");
    }
    boolean passed = differences.isEmpty();
    String difference = passed ? "the same" : GateCheck.listed(differences);
    return GateCheck.of(
        Kind.SCHEMA,
        "the columns of the champion's data",
        difference,
        passed,
        String.format(
            Locale.ROOT,
            "the data have other columns than the champion's: %s; restore them, or train a first"
                + " model under another name",
            difference));
  }

  // A schema describes a column as "age (number)".
  private static String columnOf(String described) {
    return described.substring(0, Math.max(0, described.lastIndexOf(" (")));
  }

  private static String change(String described, ColumnUse now) {
    String role = now.role() == ColumnUse.Role.LEFT_OUT ? "left out" : "a " + now.role();
    return "%s is %s now (%s)".formatted(described, role, now.reason());
  }

  private GateCheck rows(DataProfile profile) {
    String expected = "at least " + bounds.minRows();
    return GateCheck.of(
        Kind.ROWS,
        expected,
        Long.toString(profile.examples()),
        profile.examples() >= bounds.minRows(),
        "there are %s training examples, expected %s; complete the data, or set gate.rows.min"
            .formatted(profile.examples(), expected));
  }

  private GateCheck rowsChange(DataProfile champion, DataProfile profile) {
    long before = champion.examples();
    long found = profile.examples();
    double factor = Math.max(found, before) / (double) Math.max(1, Math.min(found, before));
    String expected =
        "at most %s times as many or as few as %s"
            .formatted(GateCheck.digits(bounds.maxFactor()), before);
    return GateCheck.of(
        Kind.ROWS_CHANGE,
        expected,
        Long.toString(found),
        factor <= bounds.maxFactor(),
        ("there are %s training examples, but the champion had %s, expected %s; %s, or set"
                + " gate.rows.max-factor")
            .formatted(
                found,
                before,
                expected,
                found < before ? "complete the data" : "look for files that repeat others"));
  }

  private GateCheck labels(DataProfile profile) {
    Optional<CategoryColumn> label = profile.label();
    if (label.isEmpty()) {
      boolean hasTargets = !profile.targets().isEmpty();
      return labels("labels or targets", hasTargets ? "targets" : "neither", hasTargets);
    }
    List<String> found = label.get().present();
    Optional<List<String>> champion =
        reference.flatMap(DataProfile::label).map(CategoryColumn::present);
    return labels(
        champion.map(names -> "the champion's " + classes(names)).orElse("at least 2 classes"),
        classes(found),
        champion.map(found::equals).orElse(found.size() > 1));
  }

  private static GateCheck labels(String expected, String found, boolean passed) {
    return GateCheck.of(
        Kind.LABELS,
        expected,
        found,
        passed,
        "the training examples have %s, expected %s; complete the labels"
            .formatted(found, expected));
  }

  private static String classes(List<String> names) {
    return names.size() + (names.size() == 1 ? " class: " : " classes: ") + GateCheck.listed(names);
  }

  private GateCheck balance(CategoryColumn label) {
    String rarest = label.rarest();
    String share = GateCheck.digits(label.share(rarest));
    String bound = GateCheck.digits(bounds.minClassShare());
    return GateCheck.of(
        Kind.CLASS_BALANCE,
        "at least " + bound + " of the examples in each class",
        share + " in class " + rarest,
        label.share(rarest) >= bounds.minClassShare(),
        ("class %s has a share of %s of the training examples, expected at least %s; complete the"
                + " data, or set gate.min-class-share")
            .formatted(rarest, share, bound));
  }

  private static GateCheck range(GateSettings.Range range, DataProfile profile) {
    Optional<NumberColumn> column =
        profile.allNumbers().stream()
            .filter(each -> each.name().equals(range.column()))
            .findFirst();
    String expected = text(range.min(), range.max());
    String found =
        column.map(each -> text(each.min(), each.max())).orElse("no such numeric column");
    return GateCheck.of(
            Kind.RANGE,
            expected,
            found,
            column
                .filter(each -> each.min() >= range.min() && each.max() <= range.max())
                .isPresent(),
            "column %s has the values %s, expected %s; repair the values, or set gate.ranges"
                .formatted(range.column(), found, expected))
        .ofColumn(range.column());
  }

  private static String text(double min, double max) {
    return limit(min) + " to " + limit(max);
  }

  private static String limit(double limit) {
    return Double.isInfinite(limit) ? "any" : Float.toString((float) limit);
  }

  private List<GateCheck> missing(DataProfile profile) {
    if (profile.imageShape().isPresent()) {
      return List.of();
    }
    List<GateCheck> checks = new ArrayList<>();
    for (int i = 0; i < profile.numbers().size(); i++) {
      int column = i;
      Optional<Double> champions =
          comparable(profile)
              .map(known -> known.missing(known.numbers().get(column)) / (double) known.examples())
              .map(share -> MISSING_FACTOR * share + MISSING_MARGIN)
              .filter(bound -> bound < bounds.maxMissing());
      checks.add(missing(profile, profile.numbers().get(i), champions));
    }
    return checks;
  }

  private GateCheck missing(
      DataProfile profile, NumberColumn column, Optional<Double> championsBound) {
    long most = (long) (championsBound.orElse(bounds.maxMissing()) * profile.examples());
    String found = profile.missing(column) + " of " + profile.examples();
    String remedy =
        championsBound.isPresent()
            ? " by the champion's data; complete them, or promote a model that was trained on such"
                + " data"
            : "; complete them, or set gate.max-missing";
    return GateCheck.of(
            Kind.MISSING,
            "at most %s of %s".formatted(most, profile.examples()),
            found,
            profile.missing(column) <= most,
            "the values of %s are missing in %s examples, expected at most %s%s"
                .formatted(column.name(), found, most, remedy))
        .ofColumn(column.name());
  }

  /** Returns the drifts of all data with their bounds. */
  List<BoundedDrift> bounded(List<ColumnDrift> drifts) {
    return drifts.stream()
        .map(drift -> new BoundedDrift(GateCheck.Data.ALL, drift, bounds.maxIndex()))
        .toList();
  }

  /**
   * Returns the drifts of the new data alone with their bounds. A bound is what chance explains, if
   * that is more than the setting: few examples of unchanged data differ, too.
   */
  List<BoundedDrift> boundedNew(List<ColumnDrift> drifts) {
    double probability = SIGNIFICANCE / Math.max(1, drifts.size()); // Bonferroni
    return drifts.stream()
        .map(
            drift ->
                new BoundedDrift(
                    GateCheck.Data.NEW,
                    drift,
                    Math.max(bounds.maxNewIndex(), drift.exceededByChance(probability))))
        .toList();
  }

  /**
   * Returns the checks of the new data alone, so that many good examples do not hide a few bad
   * ones.
   *
   * @param names the names of the new partitions, for messages
   */
  static List<GateCheck> checkNew(List<BoundedDrift> drifts, List<String> names) {
    String where = " in the new data (" + GateCheck.listed(names) + ")";
    return drifts.stream()
        .map(drift -> drift(drift, where, "them, or set gate.new-data.max-psi").ofNewData())
        .toList();
  }

  private static GateCheck drift(BoundedDrift drift, String where, String remedy) {
    String expected = "at most " + GateCheck.digits(drift.bound());
    String found = "population stability index " + GateCheck.digits(drift.index());
    return GateCheck.of(
            Kind.DRIFT,
            expected,
            found,
            drift.index() <= drift.bound(),
            ("the distribution of %s%s has drifted from the champion's data: %s, expected %s; find"
                    + " out what has changed in %s")
                .formatted(drift.column(), where, found, expected, remedy))
        .ofColumn(drift.column());
  }
}
