package io.meanfield.pretrain;

import java.util.Arrays;

/** The step of a minibatch, with momentum (Hinton 2010, section 9). Not thread-safe. */
final class LayerStep {
  private static final float MOMENTUM = 0.5f;

  private final int inputs;
  private final int units;
  private final float[] direction;
  private final float[] velocity;

  LayerStep(TiedLayer layer) {
    this.inputs = layer.inputs();
    this.units = layer.units();
    this.direction = new float[layer.weights().length];
    this.velocity = new float[direction.length];
  }

  /** Adds {@code factor * v h^T} to the direction of W. */
  void addProduct(float factor, float[] visible, float[] hidden) {
    for (int row = 0; row < inputs; row++) {
      float scaled = factor * visible[row];
      if (scaled != 0) {
        int offset = row * units;
        for (int unit = 0; unit < units; unit++) {
          direction[offset + unit] += scaled * hidden[unit];
        }
      }
    }
  }

  /** Adds {@code factor * h} to the direction of b, and {@code factor * v} to that of c. */
  void addBiases(float factor, float[] visible, float[] hidden) {
    for (int unit = 0; unit < units; unit++) {
      direction[inputs * units + unit] += factor * hidden[unit];
    }
    for (int row = 0; row < inputs; row++) {
      direction[(inputs + 1) * units + row] += factor * visible[row];
    }
  }

  /** Changes the layer in the direction of the minibatch, and begins with the next minibatch. */
  void apply(TiedLayer layer, double rate) {
    float scaled = (float) rate;
    for (int i = 0; i < velocity.length; i++) {
      velocity[i] = MOMENTUM * velocity[i] + scaled * direction[i];
    }
    Arrays.fill(direction, 0);
    layer.add(velocity);
  }
}
