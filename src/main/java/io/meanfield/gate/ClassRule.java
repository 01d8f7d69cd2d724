package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bounds of the classes.
 *
 * @param minShare the smallest share of the examples that each class has
 */
record ClassRule(double minShare) implements GateRule {

  static ClassRule read(Section gate) {
    return new ClassRule(Share.read(gate, "min-class-share"));
  }

  @Override
  public List<GateCheck> check(Inspection data) {
    List<GateCheck> checks = new ArrayList<>();
    checks.add(labels(data));
    data.profile().label().ifPresent(label -> checks.add(balance(label)));
    return checks;
  }

  private static GateCheck labels(Inspection data) {
    Optional<CategoryColumn> label = data.profile().label();
    if (label.isEmpty()) {
      boolean hasTargets = !data.profile().targets().isEmpty();
      return labels("labels or targets", hasTargets ? "targets" : "neither", hasTargets);
    }
    List<String> found = label.get().present();
    return data.reference()
        .flatMap(DataProfile::label)
        .map(champion -> labels(champion.present(), found))
        .orElseGet(() -> labels("at least 2 classes", classes(found), found.size() > 1));
  }

  private static GateCheck labels(List<String> champion, List<String> found) {
    return labels("the champion's " + classes(champion), classes(found), champion.equals(found));
  }

  private static GateCheck labels(String expected, String found, boolean passed) {
    return GateCheck.of(
        CheckKind.LABELS,
        expected,
        found,
        passed,
        "the training examples have " + found + ", expected " + expected + "; complete the labels");
  }

  private static String classes(List<String> names) {
    return names.size() + (names.size() == 1 ? " class: " : " classes: ") + GateCheck.listed(names);
  }

  private GateCheck balance(CategoryColumn label) {
    String rarest = label.rarest();
    double share = label.share(rarest);
    String expected = "at least " + GateCheck.digits(minShare) + " of the examples in each class";
    String found = GateCheck.digits(share) + " in class " + rarest;
    return GateCheck.of(
        CheckKind.CLASS_BALANCE,
        expected,
        found,
        share >= minShare,
        "class "
            + rarest
            + " has a share of "
            + GateCheck.digits(share)
            + " of the training examples, expected at least "
            + GateCheck.digits(minShare)
            + "; complete the data, or set gate.min-class-share");
  }
}
