package io.meanfield.network;

/** A network with its weights. */
public record Model(Architecture architecture, LearnerState state) {

  /** The untrained network that {@code seed} draws, on the reference engine. */
  public static Model untrained(NetworkSettings network, long seed) {
    return new Model(
        new Architecture(network, Engine.DL4J), LearnerState.fresh(FirstWeights.of(network, seed)));
  }

  public Model with(LearnerState trained) {
    return new Model(architecture, trained);
  }

  /** The same on another engine. */
  public Model on(Engine engine) {
    return new Model(architecture.on(engine), state);
  }
}
