package io.meanfield.pipeline;

import io.meanfield.data.EncodingsFile;
import io.meanfield.data.TableEncoder;
import io.meanfield.engine.EngineChoice;
import io.meanfield.engine.Engines;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Kernels;
import io.meanfield.network.Model;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The model that {@code --model} or {@code train --from} names.
 *
 * @param name the run's id, or the path of the model file as given
 * @param trainingFingerprint of the training data; empty if the model file is outside of a run
 * @param encoder the encoder of the examples; empty if there are no encodings beside the model
 */
record ModelReference(
    String name,
    Model model,
    Optional<String> trainingFingerprint,
    Optional<TableEncoder> encoder) {

  /**
   * Resolves a run id or the path of a model file.
   *
   * @throws UserException if there is no such run, or if the model cannot be read
   */
  static ModelReference resolve(Runs runs, String name) {
    if (name.endsWith(NpzFile.SUFFIX)) {
      throw new UserException(
          ErrorCode.MODEL_UNUSABLE,
          name
              + " holds weights without a network; expected the id of a run or the path of a"
              + " model.zip, which train --from "
              + name
              + " creates");
    }
    return isPath(name) ? ofFile(runs, name) : ofRun(runs, new RunId(name));
  }

  /**
   * Returns the run that trained the model; empty for a model file outside any run, and for the id
   * of no run.
   */
  static Optional<RunDirectory> runOf(Runs runs, String name) {
    return isPath(name) ? runs.ofFile(HadoopPaths.resolve(name)) : runs.find(new RunId(name));
  }

  private static boolean isPath(String name) {
    return name.contains("/") || name.endsWith(".zip");
  }

  private static ModelReference ofFile(Runs runs, String name) {
    Path path = HadoopPaths.resolve(name);
    return new ModelReference(
        name,
        ModelFile.read(runs.hadoop(), path),
        runs.ofFile(path).flatMap(ModelReference::trainingFingerprint),
        EncodingsFile.beside(runs.hadoop(), path));
  }

  private static Optional<String> trainingFingerprint(RunDirectory run) {
    return run.manifest().string("data.train.fingerprint");
  }

  private static ModelReference ofRun(Runs runs, RunId id) {
    return runs.find(id)
        .map(run -> of(runs.hadoop(), run))
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.MODEL_UNUSABLE,
                    "there is no run "
                        + id
                        + " in "
                        + runs.display()
                        + "; expected the id of a run or the path of a model.zip"));
  }

  private static ModelReference of(Configuration hadoop, RunDirectory run) {
    return new ModelReference(
        run.id().value(),
        ModelFile.read(hadoop, run.model()),
        trainingFingerprint(run),
        EncodingsFile.beside(hadoop, run.model()));
  }

  /** Describes the model for the manifest of a run that uses it. */
  Map<String, Object> describe() {
    return Map.of("name", name, "weights_sha256", model.state().weightsSha256());
  }

  /** Returns the same model on the engine that the settings choose, with these kernels. */
  ModelReference withEngine(EngineChoice choice, Kernels kernels) {
    Engines.Selection selection =
        Engines.choose(choice, model.network().network(), Optional.empty());
    return new ModelReference(
        name,
        model.withEngine(selection.engine()).withKernels(kernels),
        trainingFingerprint,
        encoder);
  }

  /**
   * Throws if the model was trained on the examples to evaluate.
   *
   * @param fingerprint the fingerprint of the examples to evaluate
   */
  void requireNotTrainingData(String fingerprint) {
    if (trainingFingerprint.filter(fingerprint::equals).isPresent()) {
      throw new UserException(
          ErrorCode.TRAIN_TEST_OVERLAP,
          "data.test holds the examples that "
              + name
              + " was trained on ("
              + fingerprint
              + "); a model is evaluated on examples that it has not seen");
    }
  }
}
