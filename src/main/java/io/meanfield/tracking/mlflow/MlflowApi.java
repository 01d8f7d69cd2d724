package io.meanfield.tracking.mlflow;

import java.util.List;
import java.util.Optional;

/**
 * The messages of MLflow's REST API 2.0, as far as they are used. Their fields are those of the
 * messages of the same purpose in MLflow's service.proto and model_registry.proto. An answer has no
 * empty lists.
 */
final class MlflowApi {
  private MlflowApi() {}

  record KeyValue(String key, String value) {}

  /** A metric at a time in milliseconds. */
  record Metric(String key, double value, long timestamp, long step) {}

  record CreateExperiment(String name) {}

  record CreatedExperiment(String experimentId) {}

  record FoundExperiment(Experiment experiment) {
    record Experiment(String experimentId) {}
  }

  record SearchRuns(List<String> experimentIds, String filter, int maxResults) {}

  record FoundRuns(Optional<List<Run>> runs) {}

  /** A run; its data are absent if it has none. */
  record Run(RunInfo info, Optional<RunData> data) {
    /** Returns the value of a tag. */
    Optional<String> tag(String key) {
      return data.flatMap(RunData::tags).stream()
          .flatMap(List::stream)
          .filter(tag -> tag.key().equals(key))
          .map(KeyValue::value)
          .findFirst();
    }

    boolean hasParameter(String key) {
      return data.flatMap(RunData::params).stream()
          .flatMap(List::stream)
          .anyMatch(parameter -> parameter.key().equals(key));
    }

    /** Returns the last step of a metric; 0 if it has no value. */
    long lastStep(String metric) {
      return data.flatMap(RunData::metrics).stream()
          .flatMap(List::stream)
          .filter(newest -> newest.key().equals(metric))
          .mapToLong(newest -> newest.step().orElse(0L))
          .max()
          .orElse(0);
    }
  }

  record RunInfo(String runId) {}

  record RunData(
      Optional<List<NewestMetric>> metrics,
      Optional<List<KeyValue>> params,
      Optional<List<KeyValue>> tags) {}

  record NewestMetric(String key, Optional<Long> step) {}

  record CreateRun(String experimentId, String runName, long startTime, List<KeyValue> tags) {}

  record CreatedRun(Run run) {}

  record LogBatch(String runId, List<Metric> metrics, List<KeyValue> params, List<KeyValue> tags) {}

  record UpdateRun(String runId, String status, long endTime) {}

  record CreateRegisteredModel(String name) {}

  record CreateModelVersion(
      String name, String source, String runId, String description, List<KeyValue> tags) {}

  record FoundModelVersions(Optional<List<ModelVersion>> modelVersions) {}

  record ModelVersion(String name, String version) {}

  record SetModelVersionTag(String name, String version, String key, String value) {}
}
