package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.ArrayList;
import java.util.List;

/** The settings of the section {@code gate}: the bounds that data must keep to be trained on. */
public record GateSettings(
    RowRule rows,
    ClassRule classes,
    ConstantRule constant,
    DuplicateRule duplicates,
    DriftRule drift,
    List<RangeRule> ranges) {
  public static GateSettings read(Section gate) {
    return new GateSettings(
        RowRule.read(gate.section("rows")),
        ClassRule.read(gate),
        ConstantRule.read(gate),
        DuplicateRule.read(gate),
        DriftRule.read(gate.section("drift")),
        RangeRule.read(gate));
  }

  /** Returns all rules in the order of their checks. */
  List<GateRule> rules() {
    List<GateRule> rules =
        new ArrayList<>(List.of(new SchemaRule(), rows, classes, constant, duplicates));
    rules.addAll(ranges);
    rules.add(drift);
    return rules;
  }
}
