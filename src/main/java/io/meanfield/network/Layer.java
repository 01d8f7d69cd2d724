package io.meanfield.network;

import io.meanfield.settings.Section;

/** A layer of a network. */
public sealed interface Layer {
  /** A fully connected layer with a bias: {@code activation(x W + b)}, W of [inputs, units]. */
  record Dense(int units, Activation activation) implements Layer {}

  static Layer read(Section layer) {
    return new Dense(layer.integer("dense", 1), layer.choice("activation", Activation.class));
  }
}
