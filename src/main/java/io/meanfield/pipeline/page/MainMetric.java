package io.meanfield.pipeline.page;

import io.meanfield.pipeline.housekeeping.RunMetric;
import io.meanfield.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The metric by which the versions of a model are shown over time. */
final class MainMetric {
  private static final String RETRAIN = "settings.retrain.metric";

  private MainMetric() {}

  /**
   * Returns the metric of retraining that the newest version names, if versions have it; else the
   * usual one that most versions have; empty if there is none.
   */
  static Optional<String> of(List<ModelVersion> versions) {
    return Stream.concat(named(versions), RunMetric.MAIN.stream())
        .filter(metric -> count(versions, metric) > 0)
        .reduce((best, next) -> count(versions, next) > count(versions, best) ? next : best);
  }

  private static Stream<String> named(List<ModelVersion> versions) {
    return versions.stream()
        .skip(Math.max(0, versions.size() - 1))
        .flatMap(version -> version.run().string(RETRAIN).stream())
        .map(metric -> metric.replace('-', '_'));
  }

  private static long count(List<ModelVersion> versions, String metric) {
    return versions.stream().filter(version -> version.metrics().containsKey(metric)).count();
  }
}
