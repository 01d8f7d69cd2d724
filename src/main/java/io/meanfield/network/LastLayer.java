package io.meanfield.network;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import io.meanfield.settings.Section;
import java.util.List;

/** The last layer of a network, which must suit the loss. */
record LastLayer(List<Layer> layers, Loss loss) {
  private Layer layer() {
    return layers.get(layers.size() - 1);
  }

  /** Returns the layer. */
  Dense output() {
    return layer().asDense().orElseThrow();
  }

  /** Adds a problem to the settings if the layer does not suit the loss. */
  void check(Section last) {
    layer()
        .asDense()
        .ifPresentOrElse(
            output -> checkDense(output, last),
            () ->
                last.mismatch(
                    "to be dense, because the last layer computes the outputs", layer().display()));
  }

  private void checkDense(Dense output, Section last) {
    loss.requiredActivation()
        .filter(activation -> activation != output.activation())
        .ifPresent(
            activation ->
                last.invalid(
                    "activation",
                    "%s in the last layer, because network.loss is %s"
                        .formatted(name(activation), loss.id())));
    if (output.activation() == Activation.SOFTMAX && output.units() < 2) {
      last.invalid("dense", "at least 2 in the last layer, one output for each class");
    }
  }

  private static String name(Enum<?> constant) {
    return NetworkSettings.name(constant);
  }
}
