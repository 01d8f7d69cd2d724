package io.meanfield.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the examples of a data set come from.
 *
 * @param fingerprint the fingerprint that they had when they were written, if it was recorded
 * @param whole the data set that they are a share of, if they are one
 * @param unknown the categories of each column of their table that the encoder does not know
 */
record DatasetOrigin(
    Optional<String> fingerprint, Optional<Dataset> whole, Map<String, List<String>> unknown) {
  static final DatasetOrigin UNKNOWN =
      new DatasetOrigin(Optional.empty(), Optional.empty(), Map.of());

  DatasetOrigin withFingerprint(String recorded) {
    return new DatasetOrigin(Optional.of(recorded), whole, unknown);
  }

  DatasetOrigin withUnknown(Map<String, List<String>> categories) {
    return new DatasetOrigin(fingerprint, whole, categories);
  }

  DatasetOrigin shareOf(Dataset data) {
    return new DatasetOrigin(Optional.empty(), Optional.of(data), unknown);
  }
}
