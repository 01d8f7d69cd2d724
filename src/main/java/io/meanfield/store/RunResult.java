package io.meanfield.store;

import java.util.Map;
import java.util.Optional;

/**
 * The result of a run in numbers, kept in status.json.
 *
 * @param metrics the metrics by name, as in the columns of the tables {@code epochs} and {@code
 *     evaluation}
 * @param weightsSha256 the SHA-256 of the weights that the run trained, in hexadecimal; empty if it
 *     trained none
 */
public record RunResult(Map<String, Double> metrics, Optional<String> weightsSha256) {
  /** The result of a run without metrics. */
  public static final RunResult NONE = new RunResult(Map.of(), Optional.empty());
}
