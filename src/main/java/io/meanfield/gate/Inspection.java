package io.meanfield.gate;

import java.util.List;
import java.util.Optional;

/**
 * What the rules of the gate look at.
 *
 * @param reference the profile of the champion's training data; empty without a champion
 * @param compared the data in the bins of the reference; empty without a champion, or if columns
 *     differ
 */
record Inspection(
    DataProfile profile, Optional<DataProfile> reference, Optional<DataProfile> compared) {

  /** Returns the profile of the champion's data if it has the same columns. */
  Optional<DataProfile> comparableReference() {
    return reference.filter(known -> known.schema().equals(profile.schema()));
  }

  /** Returns the drift of each column; none without a champion, or if columns differ. */
  List<ColumnDrift> drifts() {
    return comparableReference()
        .flatMap(known -> compared.map(found -> ColumnDrift.between(known, found)))
        .orElse(List.of());
  }
}
