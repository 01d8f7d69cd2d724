package io.meanfield.pipeline;

import io.meanfield.data.EncodingsFile;
import io.meanfield.data.TableEncoder;
import io.meanfield.engine.EngineChoice;
import io.meanfield.engine.Engines;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
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
 * The model that {@code --model} names.
 *
 * @param name the run's id, or the path of the model file as given
 * @param trainingFingerprint of the training data; empty if the model does not come from a run
 * @param encoder of the examples; empty if there are no encodings beside the model
 */
record ModelReference(
    String name,
    Model model,
    Optional<String> trainingFingerprint,
    Optional<TableEncoder> encoder) {

  /** Resolves a run id or the path of a model file. */
  static ModelReference resolve(Runs runs, String written) {
    if (written.endsWith(NpzFile.SUFFIX)) {
      throw new UserException(
          ErrorCode.MODEL_UNUSABLE,
          written
              + " holds weights without a network; expected the id of a run or the path of a"
              + " model.zip, train --from "
              + written
              + " makes one");
    }
    return isPath(written) ? ofFile(runs.hadoop(), written) : ofRun(runs, new RunId(written));
  }

  /** Returns the run that trained the model; empty for a model file outside of a run. */
  static Optional<RunDirectory> runOf(Runs runs, String written) {
    return isPath(written)
        ? runs.ofFile(HadoopPaths.resolve(written))
        : runs.find(new RunId(written));
  }

  private static boolean isPath(String written) {
    return written.contains("/") || written.endsWith(".zip");
  }

  private static ModelReference ofFile(Configuration hadoop, String written) {
    Path path = HadoopPaths.resolve(written);
    return new ModelReference(
        written,
        ModelFile.read(hadoop, path),
        Optional.empty(),
        EncodingsFile.beside(hadoop, path));
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
                        + "; --model takes the id of a run or the path of a model.zip"));
  }

  private static ModelReference of(Configuration hadoop, RunDirectory run) {
    Optional<String> fingerprint = run.manifest().string("data.train.fingerprint");
    return new ModelReference(
        run.id().value(),
        ModelFile.read(hadoop, run.model()),
        fingerprint,
        EncodingsFile.beside(hadoop, run.model()));
  }

  /** Describes the model for the manifest of a run that uses it. */
  Map<String, Object> describe() {
    return Map.of("name", name, "weights_sha256", model.state().weightsSha256());
  }

  /** Returns the same model on the engine that the settings choose. */
  ModelReference withEngine(EngineChoice wanted) {
    Engines.Selection chosen = Engines.choose(wanted, model.network().network(), Optional.empty());
    return new ModelReference(
        name, model.withEngine(chosen.engine()), trainingFingerprint, encoder);
  }

  /** Throws if the model was trained on the examples to evaluate. */
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
