package io.meanfield.tracking;

import io.meanfield.store.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what one run measures, while it runs. A new value of a gauge replaces the one before.
 * Driver only; safe for several threads.
 */
public final class Measurements {
  private final Map<String, Measurement> measured = new LinkedHashMap<>();
  private final List<EpochMeasurements> epochs = new ArrayList<>();
  private Optional<String> model = Optional.empty();
  private List<RunReport.NestedRun> nested = List.of();

  private void put(Measurement measurement) {
    measured.put(measurement.name(), measurement);
  }

  private void put(Gauge gauge, double value) {
    put(Measurement.of(gauge, value));
  }

  /** Records the name of the registered model that the run works on. */
  public synchronized void model(String name) {
    model = Optional.of(name);
  }

  /** Records the runs that the run consists of. */
  public synchronized void nested(List<RunReport.NestedRun> runs) {
    nested = List.copyOf(runs);
  }

  /**
   * Records metrics of the model.
   *
   * @param metrics by name, as in the tables {@code epochs} and {@code evaluation}
   */
  public synchronized void metrics(Map<String, Double> metrics) {
    metrics.forEach((name, value) -> put(Measurement.ofMetric(name, value)));
  }

  /**
   * Records the end of an epoch.
   *
   * @param epoch from 1
   * @param metrics by column of the table of epochs
   * @param examplesPerSecond over all epochs until now
   */
  public synchronized void epochEnded(
      int epoch, Map<String, Double> metrics, double examplesPerSecond) {
    epochs.add(new EpochMeasurements(epoch, Instant.now(), metrics));
    put(Gauge.EPOCHS, epoch);
    put(Gauge.EXAMPLES_PER_SECOND, examplesPerSecond);
    metrics(metrics);
  }

  /**
   * Records how far the data have drifted from those of the champion.
   *
   * @param indexes the population stability index of each column
   */
  public synchronized void drift(Map<String, Double> indexes) {
    indexes.forEach((column, index) -> put(Measurement.of(Gauge.DRIFT, "column", column, index)));
  }

  /** Records how long each part of a training has taken. */
  public synchronized void time(Map<String, Duration> parts) {
    parts.forEach(
        (part, time) ->
            put(Measurement.of(Gauge.PART_DURATION, "part", part, time.toNanos() / 1e9)));
  }

  /** Records that the run has made no champion until now. */
  public synchronized void notPromoted() {
    put(Gauge.PROMOTED, 0);
  }

  /**
   * Records the version that the run has registered.
   *
   * @param promoted whether the run made it the champion
   */
  public synchronized void registered(int version, boolean promoted) {
    put(Gauge.VERSION, version);
    put(Gauge.PROMOTED, promoted ? 1 : 0);
  }

  /** Records the champion, and the time since which it is the champion. */
  public synchronized void champion(int number, Instant since) {
    put(Gauge.CHAMPION, number);
    put(Gauge.CHAMPION_SINCE, seconds(since));
  }

  /** Records the end of the run: time, duration and exit code. */
  synchronized void ended(Status status) {
    put(Gauge.STARTED, seconds(status.started()));
    Instant finished = status.finished().orElseThrow();
    put(Gauge.FINISHED, seconds(finished));
    put(Gauge.DURATION, Duration.between(status.started(), finished).toNanos() / 1e9);
    put(Gauge.EXIT_CODE, status.exitCode().orElseThrow());
    put(Gauge.SUCCEEDED, status.state() == Status.State.SUCCEEDED ? 1 : 0);
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1e3;
  }

  synchronized Optional<String> model() {
    return model;
  }

  synchronized List<RunReport.NestedRun> nested() {
    return nested;
  }

  synchronized List<Measurement> list() {
    return List.copyOf(measured.values());
  }

  synchronized List<EpochMeasurements> epochs() {
    return List.copyOf(epochs);
  }
}
