package io.meanfield.tracking.spark;

import com.codahale.metrics.MetricRegistry;
import io.meanfield.tracking.Gauge;
import io.meanfield.tracking.Measurement;
import io.meanfield.tracking.Measurements;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;

/**
 * The gauges of the newest run of this process: APPLICATION.driver.meanfield.NAME in Spark's
 * metrics. They stay until the next run begins, because a sink may read them after the run has
 * ended. Driver only.
 */
public final class SparkGauges implements Source {
  private static final String NAME = "meanfield";
  private static final AtomicReference<Optional<SparkGauges>> NEWEST =
      new AtomicReference<>(Optional.empty());

  private final MetricsSystem system;
  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Double> values = new ConcurrentHashMap<>();

  private SparkGauges(MetricsSystem system) {
    this.system = system;
  }

  /**
   * Shows the measurements of a run from now on, instead of those of the run before.
   *
   * @param started the time at which the run began
   */
  public static void show(Measurements measurements, Instant started) {
    Optional.ofNullable(SparkEnv.get()) // there is none without a SparkContext
        .ifPresent(
            env -> new SparkGauges(env.metricsSystem()).replaceNewest(measurements, started));
  }

  private void replaceNewest(Measurements measurements, Instant started) {
    NEWEST.getAndSet(Optional.of(this)).ifPresent(before -> before.system.removeSource(before));
    String duration = Gauge.DURATION.name();
    register(duration, () -> values.getOrDefault(duration, secondsSince(started)));
    system.registerSource(this);
    measurements.observe(this::update);
  }

  private static double secondsSince(Instant time) {
    return Duration.between(time, Instant.now()).toNanos() / 1e9;
  }

  private void update(Measurement measurement) {
    String name = measurement.name();
    boolean isNew = values.put(name, measurement.value()) == null;
    if (isNew && !registry.getNames().contains(name)) {
      register(name, () -> values.get(name));
    }
  }

  private void register(String name, com.codahale.metrics.Gauge<Double> gauge) {
    registry.register(name, gauge);
  }

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
