package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Bounds of the new data alone, so that many good examples do not hide a few bad ones. A check
 * fails only if chance is no explanation: few examples of unchanged data differ, too.
 *
 * @param maxIndex the largest population stability index
 * @param significance the largest probability that any check refuses unchanged data
 * @param level the level at which a test beside an index is called significant
 * @param minShare the smallest share of the examples that each class has
 * @param missing the bound of missing values
 */
record NewDataRule(
    double maxIndex, double significance, double level, double minShare, MissingRule missing) {

  static NewDataRule read(
      Section newData, DriftRule drift, ClassRule classes, MissingRule missing) {
    return new NewDataRule(
        newData.number("max-psi", bound -> bound > 0, "above 0", 1),
        newData.number("significance", share -> share > 0 && share < 1, "above 0 and below 1", 0.5),
        drift.significance(),
        classes.minShare(),
        missing);
  }

  /**
   * Returns the checks of new data.
   *
   * @param names the names of the new partitions, for messages
   */
  List<GateCheck> check(Inspection data, List<String> names) {
    String where = " in the new data (" + GateCheck.listed(names) + ")";
    List<ColumnDrift> drifts = DriftRule.drifts(data);
    Optional<CategoryColumn> label = data.profile().label();
    int classes = label.map(column -> column.counts().size()).orElse(0);
    int tests = classes + MissingRule.columns(data.profile()).size() + drifts.size();
    double probability = significance / Math.max(1, tests); // Bonferroni
    List<GateCheck> checks = new ArrayList<>();
    label.ifPresent(column -> checks.add(balance(column, probability, where)));
    checks.addAll(missing.checkNew(data, probability, where));
    for (ColumnDrift drift : drifts) {
      double bound = Math.max(maxIndex, drift.exceededByChance(probability));
      checks.add(drift(drift, bound, where));
    }
    return checks.stream().map(GateCheck::ofNewData).toList();
  }

  private GateCheck drift(ColumnDrift drift, double bound, String where) {
    String found = drift.describe(level);
    String expected = "at most " + GateCheck.digits(bound);
    return GateCheck.ofColumn(
        CheckKind.DRIFT,
        drift.column(),
        expected,
        found,
        drift.index() <= bound,
        "the distribution of "
            + drift.column()
            + where
            + " has drifted from the champion's data: "
            + found
            + ", expected "
            + expected
            + "; find out what has changed in them, or set gate.new-data.max-psi");
  }

  private GateCheck balance(CategoryColumn label, double probability, String where) {
    String rarest = label.rarest();
    long count = label.counts().get(rarest);
    long fewest = fewest(label.total(), probability);
    String expected = "at least " + fewest + " examples of each class";
    String found = count + " of class " + rarest;
    return GateCheck.of(
        CheckKind.CLASS_BALANCE,
        expected,
        found,
        count >= fewest,
        "class "
            + rarest
            + " has "
            + count
            + " of "
            + label.total()
            + " examples"
            + where
            + ", expected at least "
            + fewest
            + "; complete them, or set gate.min-class-share");
  }

  // A class with the share minShare has fewer examples with less than this probability.
  private long fewest(long examples, double probability) {
    int counted = (int) Math.min(Integer.MAX_VALUE, examples);
    return new BinomialDistribution(counted, minShare).inverseCumulativeProbability(probability);
  }
}
