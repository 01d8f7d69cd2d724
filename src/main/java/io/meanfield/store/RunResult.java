package io.meanfield.store;

import java.util.Map;
import java.util.Optional;

/**
 * The result of a run in numbers, kept in status.json.
 *
 * @param metrics named as the columns of the tables {@code epochs} and {@code evaluation}
 * @param weightsSha256 of the model that the run trained, in hexadecimal
 */
public record RunResult(Map<String, Double> metrics, Optional<String> weightsSha256) {
  /** The result of a run that measures nothing. */
  public static final RunResult NONE = new RunResult(Map.of(), Optional.empty());
}
