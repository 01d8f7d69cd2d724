package io.meanfield.network;

/** A network with its weights. */
public record Model(EngineNetwork network, LearnerState state) {

  /** Returns an untrained network on the reference engine, with weights drawn from {@code seed}. */
  public static Model untrained(NetworkSettings network, long seed) {
    return new Model(
        new EngineNetwork(network, Engine.DL4J),
        LearnerState.fresh(WeightInitializer.of(network, seed)));
  }

  /** Returns the same network with another state of the same weight layout. */
  public Model with(LearnerState other) {
    return new Model(network, other);
  }

  /** Returns the same model with other kernels. */
  public Model withKernels(Kernels kernels) {
    return new Model(network.withKernels(kernels), state);
  }

  /** Returns the same model with another choice of the device. */
  public Model withDevice(DeviceChoice device) {
    return new Model(network.withDevice(device), state);
  }

  /** Returns the same model on another engine. */
  public Model withEngine(Engine engine) {
    return new Model(network.withEngine(engine), state);
  }
}
