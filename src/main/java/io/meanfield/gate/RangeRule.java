package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.List;

/** The range of the values of one numeric column; both limits belong to it. */
record RangeRule(String column, double min, double max) implements GateRule {

  static List<RangeRule> read(Section gate) {
    return gate.has("ranges")
        ? gate.sections("ranges").stream().map(RangeRule::readOne).toList()
        : List.of();
  }

  private static RangeRule readOne(Section range) {
    RangeRule rule =
        new RangeRule(
            range.string("column"),
            range.optionalNumber("min", Double::isFinite, "a number", Double.NEGATIVE_INFINITY),
            range.optionalNumber("max", Double::isFinite, "a number", Double.POSITIVE_INFINITY));
    if (rule.min() > rule.max()) {
      range.invalid("max", "at least min = " + GateCheck.digits(rule.min()));
    }
    return rule;
  }

  @Override
  public List<GateCheck> check(Inspection data) {
    return List.of(
        data.profile().allNumbers().stream()
            .filter(found -> found.name().equals(column))
            .findFirst()
            .map(
                found ->
                    check(text(found.min(), found.max()), found.min() >= min && found.max() <= max))
            .orElseGet(() -> check("no such numeric column", false)));
  }

  private GateCheck check(String found, boolean passed) {
    return GateCheck.ofColumn(
        CheckKind.RANGE,
        column,
        text(min, max),
        found,
        passed,
        "column "
            + column
            + " has the values "
            + found
            + ", expected "
            + text(min, max)
            + "; repair the values, or set gate.ranges");
  }

  private static String text(double min, double max) {
    return limit(min) + " to " + limit(max);
  }

  private static String limit(double limit) {
    return Double.isInfinite(limit) ? "any" : Float.toString((float) limit);
  }
}
