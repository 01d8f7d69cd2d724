package io.meanfield.network;

import java.util.SplittableRandom;

/**
 * Draws the initial weights of a network. Each array is filled by its initializer, in the order of
 * {@link ParameterLayout}, from one sequence of random numbers.
 */
final class WeightInitializer {
  private WeightInitializer() {}

  /** Returns all weights, in the order of {@link ParameterLayout}; equal for equal seeds. */
  static float[] of(NetworkSettings network, long seed) {
    ParameterLayout layout = ParameterLayout.of(network);
    SplittableRandom random = new SplittableRandom(seed);
    float[] weights = new float[layout.size()];
    for (Parameter parameter : layout.parameters()) {
      parameter.spec().initializer().fill(weights, parameter.offset(), parameter.shape(), random);
    }
    return weights;
  }
}
