package io.meanfield.network;

/** A network with its weights. */
public record Model(Architecture architecture, LearnerState state) {

  /** The untrained network that {@code seed} draws. */
  public static Model untrained(NetworkSettings network, long seed) {
    return new Model(Architecture.of(network), LearnerState.fresh(FirstWeights.of(network, seed)));
  }

  public Model with(LearnerState trained) {
    return new Model(architecture, trained);
  }
}
