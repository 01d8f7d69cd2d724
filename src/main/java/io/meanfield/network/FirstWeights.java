package io.meanfield.network;

import io.meanfield.network.Layer.Dense;
import java.util.SplittableRandom;

/**
 * The weights that training starts from: glorot_uniform, U(-a, a) with a = sqrt(6 / (inputs +
 * units)) (Glorot and Bengio 2010, equation 16), and zero biases. Drawn in Java, so that every
 * engine starts from the same bits.
 */
final class FirstWeights {
  private FirstWeights() {}

  /**
   * All weights in DL4J's layout: for each layer W [inputs, units] in 'f' order, then b [units].
   */
  static float[] of(NetworkSettings network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[size(network)];
    int next = 0;
    int inputs = network.inputs();
    for (Layer layer : network.layers()) {
      int units = ((Dense) layer).units();
      double limit = Math.sqrt(6.0 / ((double) inputs + units));
      for (int i = 0; i < inputs * units; i++) {
        weights[next++] = (float) ((2 * random.nextDouble() - 1) * limit);
      }
      next += units;
      inputs = units;
    }
    return weights;
  }

  private static int size(NetworkSettings network) {
    int size = 0;
    int inputs = network.inputs();
    for (Layer layer : network.layers()) {
      int units = ((Dense) layer).units();
      size = Math.addExact(size, Math.multiplyExact(inputs + 1, units));
      inputs = units;
    }
    return size;
  }
}
