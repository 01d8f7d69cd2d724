package io.meanfield.gate;

import io.meanfield.settings.Section;
import java.util.List;

/**
 * The bound of the drift of label and features.
 *
 * @param maxIndex the largest population stability index
 * @param significance the level at which a test beside it is called significant
 */
record DriftRule(double maxIndex, double significance) implements GateRule {
  static DriftRule read(Section drift) {
    return new DriftRule(
        drift.number("max-psi", bound -> bound > 0, "above 0", 1),
        drift.number("significance", level -> level > 0 && level < 1, "above 0 and below 1", 0.5));
  }

  /** Returns the drift of each column; none without a champion, or if columns differ. */
  static List<ColumnDrift> drifts(Inspection data) {
    return data.reference()
        .filter(reference -> reference.schema().equals(data.profile().schema()))
        .flatMap(reference -> data.compared().map(found -> ColumnDrift.between(reference, found)))
        .orElse(List.of());
  }

  @Override
  public List<GateCheck> check(Inspection data) {
    return drifts(data).stream().map(this::check).toList();
  }

  private GateCheck check(ColumnDrift drift) {
    String found = drift.describe(significance);
    return GateCheck.ofColumn(
        CheckKind.DRIFT,
        drift.column(),
        "at most " + GateCheck.digits(maxIndex),
        found,
        drift.index() <= maxIndex,
        "the distribution of "
            + drift.column()
            + " has drifted from the champion's data: "
            + found
            + ", expected at most "
            + GateCheck.digits(maxIndex)
            + "; find out what has changed in the data, or set gate.drift.max-psi");
  }
}
