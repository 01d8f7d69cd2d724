package io.meanfield.tracking;

import java.time.Instant;
import java.util.Map;

/**
 * The metrics of one epoch.
 *
 * @param epoch from 1
 * @param time at which they became known to this process
 * @param metrics by column of the table of epochs
 */
public record EpochMeasurements(int epoch, Instant time, Map<String, Double> metrics) {
  public EpochMeasurements {
    metrics = Map.copyOf(metrics);
  }
}
