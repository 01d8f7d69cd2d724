package io.meanfield.registry;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import io.meanfield.store.Status;
import io.meanfield.store.file.FileContent;
import java.util.Map;
import java.util.Optional;

/**
 * A trained model to be registered.
 *
 * @param run with model.zip, encodings.json if the inputs are columns, and a manifest whose
 *     settings, engine, kernels and {@code from} train the same bits with {@code train}
 * @param result the metrics of the model, and the checksum of its weights
 * @param parent the version of the same model whose weights training started from
 * @param reference the profile of the training data, a JSON file, for the comparison with new data
 * @param entries further entries of the version's manifest, by key; values may be maps and lists
 */
public record NewVersion(
    RunDirectory run,
    RunResult result,
    Optional<Integer> parent,
    Optional<FileContent> reference,
    Map<String, Object> entries) {

  /**
   * Returns the model of a finished run of {@code train}.
   *
   * @param model the name under which the version is registered
   * @throws UserException if the run has not trained a model, or has not succeeded, or if a file of
   *     the model is damaged
   */
  public static NewVersion of(String model, RunDirectory run) {
    Status status = run.success().orElseThrow(() -> unusable(run, "has not succeeded"));
    if (!run.exists(RunDirectory.MODEL)) {
      throw unusable(run, "has no " + RunDirectory.MODEL);
    }
    run.requireIntactModel();
    return new NewVersion(
        run, status.result(), parent(model, run.manifest()), reference(run), Map.of());
  }

  private static Optional<FileContent> reference(RunDirectory run) {
    return run.exists(ModelVersion.REFERENCE)
        ? Optional.of(run.content(ModelVersion.REFERENCE))
        : Optional.empty();
  }

  private static UserException unusable(RunDirectory run, String reason) {
    return UserException.of(
        ErrorCode.WRONG_ARGUMENTS,
        "run %s in %s %s; expected a finished run of train",
        run.id(),
        run.display(),
        reason);
  }

  private static Optional<Integer> parent(String model, Manifest manifest) {
    return manifest
        .string("from")
        .filter(VersionReference::matches)
        .map(VersionReference::parse)
        .filter(from -> from.model().equals(model))
        .flatMap(VersionReference::number);
  }
}
