package io.meanfield.engine.torch;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.network.NetworkSettings;
import java.util.Optional;

/** The fast engine: checks whether it loads, and creates learners. */
public final class TorchEngine {
  private TorchEngine() {}

  /** Returns why the engine cannot be used; empty if it loads. It supports every layer. */
  public static Optional<String> unsupportedReason() {
    return LibTorch.unsupportedReason();
  }

  /** Returns a learner for {@code network} on {@code device}. */
  public static Learner learner(NetworkSettings network, Device device) {
    return new TorchLearner(network, LibTorch.available(device));
  }
}
