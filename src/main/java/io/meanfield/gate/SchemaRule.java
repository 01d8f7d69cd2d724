package io.meanfield.gate;

import java.util.ArrayList;
import java.util.List;

/** Columns and their types, or the size of images, are those of the champion's data. */
record SchemaRule() implements GateRule {
  @Override
  public List<GateCheck> check(Inspection data) {
    return data.reference()
        .map(reference -> List.of(check(reference.schema(), data.profile().schema())))
        .orElse(List.of());
  }

  private static GateCheck check(List<String> expected, List<String> found) {
    List<String> differences = new ArrayList<>();
    expected.stream()
        .filter(each -> !found.contains(each))
        .forEach(each -> differences.add("no " + each));
    found.stream()
        .filter(each -> !expected.contains(each))
        .forEach(each -> differences.add("new: " + each));
    if (differences.isEmpty() && !found.equals(expected)) {
      differences.add("the same columns in another order");
    }
    boolean passed = differences.isEmpty();
    String difference = passed ? "the same" : GateCheck.listed(differences);
    return GateCheck.of(
        CheckKind.SCHEMA,
        "the columns of the champion's data",
        difference,
        passed,
        "the data have other columns than the champion's: "
            + difference
            + "; restore them, or train a first model under another name");
  }
}
