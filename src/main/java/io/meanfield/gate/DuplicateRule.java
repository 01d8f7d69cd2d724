package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.List;

/**
 * Bounds of examples that occur more than once.
 *
 * @param maxDuplicates the largest share of training examples that repeat another one
 * @param maxTestOverlap the largest share of test examples that are training examples
 */
record DuplicateRule(double maxDuplicates, double maxTestOverlap) implements GateRule {

  static DuplicateRule read(Section gate) {
    return new DuplicateRule(
        Share.read(gate, "max-duplicates"), Share.read(gate, "max-test-overlap"));
  }

  @Override
  public List<GateCheck> check(Inspection data) {
    return data.duplicates().map(this::check).orElse(List.of());
  }

  private List<GateCheck> check(DuplicateCounts counts) {
    GateCheck repeated =
        check(
            CheckKind.DUPLICATES,
            counts.repeated()
                + " of "
                + counts.training()
                + " training examples have the features of another one",
            counts.repeatedShare(),
            maxDuplicates,
            "remove the copies, or set gate.max-duplicates");
    GateCheck shared =
        check(
            CheckKind.TEST_OVERLAP,
            counts.shared()
                + " of "
                + counts.test()
                + " test examples have the features of a training example",
            counts.sharedShare(),
            maxTestOverlap,
            "remove them from the training data, or set gate.max-test-overlap");
    return counts.test() == 0 ? List.of(repeated) : List.of(repeated, shared);
  }

  private static GateCheck check(
      CheckKind kind, String found, double share, double bound, String advice) {
    String expected = "at most a share of " + GateCheck.digits(bound);
    return GateCheck.of(
        kind, expected, found, share <= bound, found + ", expected " + expected + "; " + advice);
  }
}
