package io.meanfield.pipeline;

import io.meanfield.data.Encodings;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Misfit;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.Locations;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Where {@code train --from} takes weights from. */
sealed interface Origin {
  /** A run id under {@code runs}, the path of a model file, or that of an .npz file. */
  static Origin resolve(Configuration hadoop, String runs, String written) {
    return written.endsWith(NpzFile.SUFFIX)
        ? new Arrays(hadoop, Locations.resolve(written))
        : new Trained(ModelReference.resolve(hadoop, runs, written));
  }

  /** How examples become numbers, where that is known. */
  Optional<Encodings> encodings();

  /**
   * {@code untrained} with these weights, for training to start from.
   *
   * @throws Complaint if they are another network's
   */
  Model startFor(Model untrained);

  /** A model that Meanfield or DL4J has written. */
  record Trained(ModelReference model) implements Origin {
    @Override
    public Optional<Encodings> encodings() {
      return model.encodings();
    }

    @Override
    public Model startFor(Model untrained) {
      NetworkSettings network = model.model().architecture().network();
      Misfit.of(network, untrained.architecture().network())
          .ifPresent(
              misfit -> {
                throw new Complaint(
                    ErrorCode.MODEL_UNUSABLE,
                    "--from "
                        + model.name()
                        + " does not fit: "
                        + misfit.sentence(model.name(), "the settings"));
              });
      return untrained.with(LearnerState.fresh(model.model().state().weights()));
    }
  }

  /** Weights without a network, as Keras and NumPy keep them. */
  record Arrays(Configuration hadoop, Path path) implements Origin {
    @Override
    public Optional<Encodings> encodings() {
      return ModelReference.encodingsBeside(hadoop, path);
    }

    @Override
    public Model startFor(Model untrained) {
      return untrained.with(
          LearnerState.fresh(NpzFile.read(hadoop, path, untrained.architecture().network())));
    }
  }
}
