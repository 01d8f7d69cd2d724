package io.meanfield.bench.scaling;

/**
 * The cost of training a network.
 *
 * @param name widths of its layers, such as 784-64-32-10
 * @param stateBytes size of weights and optimizer state
 * @param stepSeconds time of a minibatch on one core
 */
public record NetworkCost(
    String name, long weights, long stateBytes, int batch, double stepSeconds) {
  public NetworkCost {
    if (weights < 1 || stateBytes < 1 || batch < 1 || !(stepSeconds >= 0)) {
      throw new IllegalArgumentException(
          "network " + name + " must have weights, bytes, a batch and a time of a step");
    }
  }
}
