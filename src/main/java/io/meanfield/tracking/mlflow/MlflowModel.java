package io.meanfield.tracking.mlflow;

import io.meanfield.tracking.RegisteredVersion;
import io.meanfield.tracking.mlflow.MlflowApi.CreateModelVersion;
import io.meanfield.tracking.mlflow.MlflowApi.CreateRegisteredModel;
import io.meanfield.tracking.mlflow.MlflowApi.FoundModelVersions;
import io.meanfield.tracking.mlflow.MlflowApi.ModelVersion;
import io.meanfield.tracking.mlflow.MlflowApi.SetModelVersionTag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A version of a registered model in MLflow, whose numbers MLflow chooses. */
final class MlflowModel {
  private static final String PROMOTED = "meanfield.promoted";
  private static final String S3A = "s3a:";

  private final MlflowServer server;
  private final RegisteredVersion version;

  MlflowModel(MlflowServer server, RegisteredVersion version) {
    this.server = server;
    this.version = version;
  }

  /** Registers the version, which an MLflow run has trained, unless it is registered already. */
  void register(String runId) throws IOException {
    createModel();
    Optional<ModelVersion> found = find(runId);
    if (found.isPresent()) {
      server.post(
          "model-versions/set-tag",
          new SetModelVersionTag(version.model(), found.get().version(), PROMOTED, promoted()));
    } else {
      createVersion(runId);
    }
  }

  private void createModel() throws IOException {
    try {
      server.post("registered-models/create", new CreateRegisteredModel(version.model()));
    } catch (MlflowException e) {
      if (!e.has("RESOURCE_ALREADY_EXISTS")) {
        throw e;
      }
    }
  }

  private Optional<ModelVersion> find(String runId) throws IOException {
    Map<String, String> query = Map.of("filter", "run_id='" + runId + "'");
    return server
        .get("model-versions/search", query, FoundModelVersions.class)
        .modelVersions()
        .stream()
        .flatMap(List::stream)
        .filter(found -> found.name().equals(version.model()))
        .findFirst();
  }

  private void createVersion(String runId) throws IOException {
    String name = version.model() + "@" + version.number();
    server.post(
        "model-versions/create",
        new CreateModelVersion(
            version.model(),
            source(version.location()),
            runId,
            "Meanfield's " + name + " in " + version.location(),
            List.of(
                MlflowText.tag("meanfield.version", String.valueOf(version.number())),
                MlflowText.tag(PROMOTED, promoted()))));
  }

  private String promoted() {
    return String.valueOf(version.promoted());
  }

  /**
   * Returns the source of a version. MLflow knows S3 by another scheme than Hadoop, and refuses a
   * path on a local disk (mlflow/server/handlers.py, _validate_source_run).
   */
  static String source(String location) {
    if (location.startsWith("/")) {
      return "meanfield:" + location;
    }
    return location.startsWith(S3A) ? "s3:" + location.substring(S3A.length()) : location;
  }
}
