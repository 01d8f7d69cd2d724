package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Bounds of the number of training examples.
 *
 * @param maxFactor how many times more, or fewer, than the champion's
 */
record RowRule(int min, OptionalInt max, double maxFactor) implements GateRule {

  static RowRule read(Section rows) {
    RowRule rule =
        new RowRule(
            rows.integer("min", 1),
            rows.integerOr("none", "max", 1),
            rows.number("max-factor", factor -> factor >= 1, "at least 1", 1));
    if (rule.max().isPresent() && rule.max().getAsInt() < rule.min()) {
      rows.invalid("max", "none, or at least gate.rows.min = " + rule.min());
    }
    return rule;
  }

  @Override
  public List<GateCheck> check(Inspection data) {
    long found = data.profile().examples();
    List<GateCheck> checks = new ArrayList<>();
    checks.add(bounds(found));
    data.reference().ifPresent(champion -> checks.add(change(champion.examples(), found)));
    return checks;
  }

  private GateCheck bounds(long found) {
    String expected = "at least " + min + (max.isPresent() ? " and at most " + max.getAsInt() : "");
    return GateCheck.of(
        CheckKind.ROWS,
        expected,
        Long.toString(found),
        found >= min && (max.isEmpty() || found <= max.getAsInt()),
        "there are "
            + found
            + " training examples, expected "
            + expected
            + "; complete the data, or set gate.rows");
  }

  private GateCheck change(long champion, long found) {
    double factor = Math.max(found, champion) / (double) Math.max(1, Math.min(found, champion));
    String expected =
        "at most " + GateCheck.digits(maxFactor) + " times as many or as few as " + champion;
    return GateCheck.of(
        CheckKind.ROWS_CHANGE,
        expected,
        Long.toString(found),
        factor <= maxFactor,
        "there are "
            + found
            + " training examples, but the champion had "
            + champion
            + ", expected "
            + expected
            + "; complete the data, or set gate.rows.max-factor");
  }
}
