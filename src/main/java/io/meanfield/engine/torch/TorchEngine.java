package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.kernels.Precision;
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

  /** Returns the reason why the engine cannot compute on a GPU; empty if it can. */
  public static Optional<String> unusableReason(Device gpu) {
    return LibTorch.unusableReason(gpu);
  }

  /**
   * Returns a learner for {@code network}.
   *
   * @param precision of the products in training
   * @param device the CPU, or a GPU on which the engine can compute
   */
  public static Learner learner(NetworkSettings network, Precision precision, Device device) {
    return new TorchLearner(network, precision, device);
  }
}
