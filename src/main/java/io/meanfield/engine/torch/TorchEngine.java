package io.meanfield.engine.torch;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.network.NetworkSettings;
import java.util.Optional;

/** The fast engine: whether it is there, and the learners that it has. */
public final class TorchEngine {
  private TorchEngine() {}

  /** Why it cannot train a network; nothing if it can: it knows every layer that there is. */
  public static Optional<String> unsupportedReason() {
    return LibTorch.unsupportedReason();
  }

  /** A learner for {@code network} on {@code device}. */
  public static Learner learner(NetworkSettings network, Device device) {
    return new TorchLearner(network, LibTorch.available(device));
  }
}
