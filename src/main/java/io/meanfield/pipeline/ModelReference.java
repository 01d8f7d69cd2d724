package io.meanfield.pipeline;

import io.meanfield.data.Encodings;
import io.meanfield.network.EngineChoice;
import io.meanfield.network.Engines;
import io.meanfield.network.Model;
import io.meanfield.network.dl4j.ModelFile;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.Locations;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The model that {@code --model} names.
 *
 * @param name the run's id, or the path as it was written
 * @param trainingFingerprint of the data that it was trained on, where it comes from a run
 * @param encodings that the examples go through, where there are any beside the model
 */
record ModelReference(
    String name, Model model, Optional<String> trainingFingerprint, Optional<Encodings> encodings) {

  /** A run id under {@code runs} if there is such a run, else the path of a model file. */
  static ModelReference resolve(Configuration hadoop, String runs, String written) {
    if (!written.contains("/") && !written.endsWith(".zip") && !written.endsWith(NpzFile.SUFFIX)) {
      RunId id = new RunId(written);
      return RunDirectory.find(hadoop, runs, id)
          .map(run -> of(hadoop, run))
          .orElseThrow(
              () ->
                  new Complaint(
                      ErrorCode.MODEL_UNUSABLE,
                      "there is no run "
                          + id
                          + " in "
                          + Locations.shown(Locations.resolve(runs))
                          + "; --model takes the id of a run or the path of a model.zip"));
    }
    if (written.endsWith(NpzFile.SUFFIX)) {
      throw new Complaint(
          ErrorCode.MODEL_UNUSABLE,
          written
              + " holds weights without a network; expected the id of a run or the path of a"
              + " model.zip, train --from "
              + written
              + " makes one");
    }
    Path path = Locations.resolve(written);
    return new ModelReference(
        written, ModelFile.read(hadoop, path), Optional.empty(), encodingsBeside(hadoop, path));
  }

  private static ModelReference of(Configuration hadoop, RunDirectory run) {
    Optional<String> fingerprint = run.manifest().text("data.train.fingerprint");
    return new ModelReference(
        run.id().value(),
        ModelFile.read(hadoop, run.model()),
        fingerprint,
        encodingsBeside(hadoop, run.model()));
  }

  /** The encodings in the folder of a file with weights. */
  static Optional<Encodings> encodingsBeside(Configuration hadoop, Path model) {
    Path file = new Path(model.getParent(), Encodings.FILE);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(Encodings.parse(json, Locations.shown(file)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Complaint(
          ErrorCode.MODEL_UNUSABLE,
          "cannot read " + Locations.shown(file) + ": " + e.getMessage(),
          e);
    }
  }

  /** The encodings that a run keeps. */
  static Optional<Encodings> encodings(RunDirectory run) {
    return run.readBytes(Encodings.FILE)
        .map(
            bytes ->
                Encodings.parse(
                    new String(bytes, StandardCharsets.UTF_8), run.shown() + "/" + Encodings.FILE));
  }

  /** Puts encodings beside the model of a run. */
  static void write(RunDirectory run, Encodings encodings) {
    run.replace(
        Encodings.FILE, out -> out.write(encodings.toJson().getBytes(StandardCharsets.UTF_8)));
  }

  /** The same on the engine that the settings choose. */
  ModelReference on(EngineChoice wanted) {
    Engines.Chosen chosen =
        Engines.choose(wanted, model.architecture().network(), Optional.empty());
    return new ModelReference(name, model.on(chosen.engine()), trainingFingerprint, encodings);
  }

  /** Throws if the model was trained on the very examples that it is about to be judged by. */
  void requireOtherData(String fingerprint) {
    if (trainingFingerprint.filter(fingerprint::equals).isPresent()) {
      throw new Complaint(
          ErrorCode.SAME_DATA,
          "data.test holds the examples that "
              + name
              + " was trained on ("
              + fingerprint
              + "); a model is evaluated on examples that it has not seen");
    }
  }
}
