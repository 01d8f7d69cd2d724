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
    MissingRule missing,
    DriftRule drift,
    NewDataRule newData,
    List<RangeRule> ranges) {
  public static GateSettings read(Section gate) {
    // In this order, in which the problems of all settings are reported.
    RowRule rows = RowRule.read(gate.section("rows"));
    ClassRule classes = ClassRule.read(gate);
    ConstantRule constant = ConstantRule.read(gate);
    DuplicateRule duplicates = DuplicateRule.read(gate);
    MissingRule missing = MissingRule.read(gate);
    DriftRule drift = DriftRule.read(gate.section("drift"));
    return new GateSettings(
        rows,
        classes,
        constant,
        duplicates,
        missing,
        drift,
        NewDataRule.read(gate.section("new-data"), drift, classes, missing),
        RangeRule.read(gate));
  }

  /** Returns the rules for all data in the order of their checks. */
  List<GateRule> rules() {
    List<GateRule> rules =
        new ArrayList<>(List.of(new SchemaRule(), rows, classes, constant, duplicates));
    rules.addAll(ranges);
    rules.add(missing);
    rules.add(drift);
    return rules;
  }
}
