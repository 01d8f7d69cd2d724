package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Bounds of the missing values of the numeric columns of a table. A column may miss half as many
 * values again as in the champion's data, and one in a hundred examples more.
 *
 * @param maxShare the largest share of missing values of any column
 */
record MissingRule(double maxShare) implements GateRule {
  private static final double FACTOR = 1.5;
  private static final double MARGIN = 0.01;

  static MissingRule read(Section gate) {
    return new MissingRule(Share.read(gate, "max-missing"));
  }

  /** Returns the columns whose values may be missing; none of images. */
  static List<NumberColumn> columns(DataProfile profile) {
    return profile.image().isPresent() ? List.of() : profile.numbers();
  }

  @Override
  public List<GateCheck> check(Inspection data) {
    long examples = data.profile().examples();
    return checks(data, "", share -> (long) Math.floor(share * examples));
  }

  /**
   * Returns the checks of new data, of which chance may explain more missing values.
   *
   * @param probability the largest probability that one of these checks refuses data that miss as
   *     many values as all data may
   * @param where the new data, for messages
   */
  List<GateCheck> checkNew(Inspection data, double probability, String where) {
    int counted = (int) Math.min(Integer.MAX_VALUE, data.profile().examples());
    return checks(
        data,
        where,
        share ->
            new BinomialDistribution(counted, share).inverseCumulativeProbability(1 - probability));
  }

  private List<GateCheck> checks(Inspection data, String where, ToLongFunction<Double> most) {
    Optional<DataProfile> champion =
        data.reference().filter(known -> known.schema().equals(data.profile().schema()));
    List<NumberColumn> columns = columns(data.profile());
    List<GateCheck> checks = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      double share =
          champion
              .map(known -> FACTOR * known.numbers().get(column).missingShare(known) + MARGIN)
              .filter(bound -> bound < maxShare)
              .orElse(maxShare);
      String remedy =
          share < maxShare
              ? " by the champion's data; complete them, or promote a model that was trained on"
                  + " such data"
              : "; complete them, or set gate.max-missing";
      checks.add(check(columns.get(i), data.profile(), most.applyAsLong(share), where, remedy));
    }
    return checks;
  }

  private static GateCheck check(
      NumberColumn column, DataProfile profile, long most, String where, String remedy) {
    long missing = column.missing(profile);
    String found = missing + " of " + profile.examples();
    return GateCheck.ofColumn(
        CheckKind.MISSING,
        column.name(),
        "at most " + most + " of " + profile.examples(),
        found,
        missing <= most,
        "the values of "
            + column.name()
            + where
            + " are missing in "
            + found
            + " examples, expected at most "
            + most
            + remedy);
  }
}
