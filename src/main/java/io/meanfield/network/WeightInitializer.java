package io.meanfield.network;

import java.util.SplittableRandom;

/**
 * Draws the initial weights of a network. Each array is filled by its initializer, in the order of
 * {@link ParameterLayout}, from one sequence of random numbers for each member.
 */
final class WeightInitializer {
  private WeightInitializer() {}

  /** Returns all weights, in the order of {@link ParameterLayout}; equal for equal seeds. */
  static float[] of(NetworkSettings network, long seed) {
    ParameterLayout layout = ParameterLayout.of(network.member());
    float[] weights = new float[Math.multiplyExact(network.members(), layout.size())];
    for (int member = 0; member < network.members(); member++) {
      SplittableRandom random = new SplittableRandom(NetworkSettings.memberSeed(seed, member));
      int start = member * layout.size();
      for (Parameter parameter : layout.parameters()) {
        parameter
            .spec()
            .initializer()
            .fill(weights, start + parameter.offset(), parameter.shape(), random);
      }
    }
    return weights;
  }
}
