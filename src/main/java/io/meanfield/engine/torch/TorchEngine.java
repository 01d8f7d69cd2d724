package io.meanfield.engine.torch;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.network.NetworkSettings;
import java.util.Optional;

/** The fast engine, on LibTorch. Checks whether it loads, and creates learners. */
public final class TorchEngine {
  private TorchEngine() {}

  /**
   * Returns the reason why the engine does not load; empty if it loads. It supports every layer.
   */
  public static Optional<String> unsupportedReason() {
    return LibTorch.unsupportedReason();
  }

  /** Returns ATen's name of the kernels that it uses. */
  public static String kernels() {
    return LibTorch.kernels();
  }

  /** Returns the wanted device, or the CPU if the engine cannot use the device. */
  public static Device available(Device wanted) {
    return LibTorch.available(wanted);
  }

  /**
   * Returns a learner for {@code network} on {@code device}, or on the CPU if the machine has no
   * GPU or the build contains LibTorch for the CPU only; {@link Learner#device} returns the device.
   */
  public static Learner learner(NetworkSettings network, Device device) {
    return new TorchLearner(network, LibTorch.available(device));
  }
}
