package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.List;

/**
 * The settings of the section {@code gate}: the bounds that data must keep to be trained on.
 *
 * @param minRows the smallest number of training examples
 * @param maxFactor how many times more, or fewer, examples than the champion's
 * @param minClassShare the smallest share of the examples that each class has
 * @param maxMissing the largest share of missing values of any column
 * @param ranges the ranges of numeric columns
 * @param maxIndex the largest population stability index of all data
 * @param maxNewIndex the largest population stability index of the new data alone
 */
public record GateSettings(
    int minRows,
    double maxFactor,
    double minClassShare,
    double maxMissing,
    List<Range> ranges,
    double maxIndex,
    double maxNewIndex) {

  /** The range of the values of one numeric column; both limits belong to it. */
  record Range(String column, double min, double max) {
    private static Range read(Section section) {
      Range range =
          new Range(
              section.string("column"),
              section.optionalNumber("min", Double::isFinite, "a number", Double.NEGATIVE_INFINITY),
              section.optionalNumber(
                  "max", Double::isFinite, "a number", Double.POSITIVE_INFINITY));
      if (range.min() > range.max()) {
        section.invalid("max", "at least min = " + GateCheck.digits(range.min()));
      }
      return range;
    }
  }

  /** Reads the settings. */
  public static GateSettings read(Section gate) {
    Section rows = gate.section("rows");
    return new GateSettings(
        rows.integer("min", 1),
        rows.number("max-factor", factor -> factor >= 1, "at least 1", 1),
        share(gate, "min-class-share"),
        share(gate, "max-missing"),
        gate.has("ranges") ? gate.sections("ranges").stream().map(Range::read).toList() : List.of(),
        index(gate.section("drift")),
        index(gate.section("new-data")));
  }

  private static double share(Section section, String key) {
    return section.number(key, share -> share >= 0 && share <= 1, "from 0 to 1", 1);
  }

  private static double index(Section section) {
    return section.number("max-psi", bound -> bound > 0, "above 0", 1);
  }
}
