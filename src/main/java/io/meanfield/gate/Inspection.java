package io.meanfield.gate;

import java.util.Optional;

/**
 * What the rules of the gate look at.
 *
 * @param reference the profile of the champion's training data; empty without a champion
 * @param compared the data in the bins of the reference; empty without a champion, or if columns
 *     differ
 * @param duplicates empty if the test data cannot be read, and for new data
 */
record Inspection(
    DataProfile profile,
    Optional<DataProfile> reference,
    Optional<DataProfile> compared,
    Optional<DuplicateCounts> duplicates) {
  Inspection with(Optional<DuplicateCounts> counted) {
    return new Inspection(profile, reference, compared, counted);
  }
}
