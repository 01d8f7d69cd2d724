package io.meanfield.network;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.Rbm;
import io.meanfield.settings.Section;
import java.util.List;

/** The last layer of a network, which must suit the loss. */
record LastLayer(List<Layer> layers, Loss loss) {
  private Layer layer() {
    return layers.get(layers.size() - 1);
  }

  /** Returns the dense layer that computes the same outputs. */
  Dense output() {
    return layer() instanceof Rbm rbm
        ? new Dense(rbm.units(), rbm.activation())
        : layer().asDense().orElseThrow();
  }

  /** Adds a problem to the settings if the layer does not suit the loss. */
  void check(Section last) {
    if (!loss.needsTargets()) {
      checkRbm(last);
    } else if (layer() instanceof Rbm) {
      last.mismatch(
          "to be dense, because network.loss is "
              + loss.id()
              + "; only contrastive_divergence trains an rbm as the last layer",
          layer().display());
    } else {
      layer()
          .asDense()
          .ifPresentOrElse(
              output -> checkDense(output, last),
              () ->
                  last.mismatch(
                      "to be dense, because the last layer computes the outputs",
                      layer().display()));
    }
  }

  private void checkRbm(Section last) {
    if (!(layer() instanceof Rbm)) {
      last.mismatch("to be rbm, because network.loss is " + loss.id(), layer().display());
    }
    layers.stream()
        .filter(layer -> !learnsWithoutTargets(layer))
        .findFirst()
        .ifPresent(
            layer ->
                last.mismatch(
                    "to follow rbm, autoencoder and flatten only, because network.loss is "
                        + loss.id()
                        + ", which trains no other layer",
                    "it after " + layer.display()));
  }

  private static boolean learnsWithoutTargets(Layer layer) {
    return layer.reconstructionActivation().isPresent() || layer instanceof Flatten;
  }

  private void checkDense(Dense output, Section last) {
    loss.requiredActivation()
        .filter(activation -> activation != output.activation())
        .ifPresent(
            activation ->
                last.invalid(
                    "activation",
                    name(activation) + " in the last layer, because network.loss is " + loss.id()));
    if (output.activation() == Activation.SOFTMAX && output.units() < 2) {
      last.invalid("dense", "at least 2 in the last layer, one output for each class");
    }
  }

  private static String name(Enum<?> constant) {
    return NetworkSettings.name(constant);
  }
}
