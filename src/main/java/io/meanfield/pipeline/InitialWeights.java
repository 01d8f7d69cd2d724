package io.meanfield.pipeline;

import io.meanfield.data.EncodingsFile;
import io.meanfield.data.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.WeightMismatch;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.Runs;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Where {@code train --from} takes weights from. */
sealed interface InitialWeights {
  /** A run id under {@code runs}, the path of a model file, or that of an .npz file. */
  static InitialWeights resolve(Runs runs, String written) {
    return written.endsWith(NpzFile.SUFFIX)
        ? new FromNpz(runs.hadoop(), HadoopPaths.resolve(written))
        : new FromModel(ModelReference.resolve(runs, written));
  }

  /** How examples become numbers, where that is known. */
  Optional<TableEncoder> encoder();

  /**
   * {@code untrained} with these weights, for training to start from.
   *
   * @throws UserException if they are another network's
   */
  Model startFor(Model untrained);

  /** A model that Meanfield or DL4J has written. */
  record FromModel(ModelReference model) implements InitialWeights {
    @Override
    public Optional<TableEncoder> encoder() {
      return model.encoder();
    }

    @Override
    public Model startFor(Model untrained) {
      NetworkSettings network = model.model().network().network();
      WeightMismatch.of(network, untrained.network().network())
          .ifPresent(
              misfit -> {
                throw new UserException(
                    ErrorCode.MODEL_UNUSABLE,
                    "--from "
                        + model.name()
                        + " does not fit: "
                        + misfit.message(model.name(), "the settings"));
              });
      return untrained.with(LearnerState.fresh(model.model().state().weights()));
    }
  }

  /** Weights without a network, as Keras and NumPy keep them. */
  record FromNpz(Configuration hadoop, Path path) implements InitialWeights {
    @Override
    public Optional<TableEncoder> encoder() {
      return EncodingsFile.beside(hadoop, path);
    }

    @Override
    public Model startFor(Model untrained) {
      return untrained.with(
          LearnerState.fresh(NpzFile.read(hadoop, path, untrained.network().network())));
    }
  }
}
