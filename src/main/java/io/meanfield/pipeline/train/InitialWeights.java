package io.meanfield.pipeline.train;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.WeightMismatch;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.store.file.HadoopPaths;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The weights that {@code train --from} names. */
public sealed interface InitialWeights {
  /**
   * Resolves a run id, the path of a model file, a version of a registered model, or the path of an
   * .npz file.
   */
  static InitialWeights resolve(ModelCatalog catalog, String name) {
    return name.endsWith(NpzFile.SUFFIX)
        ? new FromNpz(catalog.hadoop(), name)
        : new FromModel(ModelReference.resolve(catalog, name));
  }

  /** The name for the manifest, which names the same weights later: mnist@3, not mnist@champion. */
  String name();

  /** Returns the encoder of the examples; empty if the weights are not those of a table's model. */
  Optional<TableEncoder> encoder();

  /**
   * Returns {@code untrained} with these weights, the start of training.
   *
   * @throws UserException if the weights belong to another network
   */
  Model startFor(Model untrained);

  /** A model that Meanfield or DL4J has written. */
  record FromModel(ModelReference model) implements InitialWeights {
    @Override
    public String name() {
      return model.name();
    }

    @Override
    public Optional<TableEncoder> encoder() {
      return model.encoder();
    }

    @Override
    public Model startFor(Model untrained) {
      NetworkSettings network = model.model().network().settings();
      WeightMismatch.of(network, untrained.network().settings())
          .ifPresent(
              mismatch -> {
                throw UserException.of(
                    ErrorCode.MODEL_UNUSABLE,
                    "--from %s does not fit: %s",
                    model.name(),
                    mismatch.message(model.name(), "the settings"));
              });
      return untrained.with(LearnerState.fresh(model.model().state().weights()));
    }
  }

  /**
   * An .npz file: weights without a network, as Keras and NumPy write them.
   *
   * @param name the path as given
   */
  record FromNpz(Configuration hadoop, String name) implements InitialWeights {
    @Override
    public Optional<TableEncoder> encoder() {
      return Optional.empty(); // weights without a model tell nothing about rows
    }

    @Override
    public Model startFor(Model untrained) {
      return untrained.with(
          LearnerState.fresh(
              NpzFile.read(hadoop, HadoopPaths.resolve(name), untrained.network().settings())));
    }
  }
}
