package io.meanfield.engine.torch;

import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ParameterKind;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation with DL4J's state: the running mean and the decimal logarithm of the running
 * standard deviation. The variance of a batch is the sum of squares divided by its size.
 */
@SuppressWarnings("try") // the scope variable is never used
final class TorchBatchNormalization implements TorchLayer {

  private final BatchNormalization settings;
  private final TensorOptional gamma;
  private final TensorOptional beta;
  private final Tensor runningMean;
  private final Tensor runningLogDeviation;

  TorchBatchNormalization(BatchNormalization settings, int number, TorchParameters weights) {
    this.settings = settings;
    this.gamma = new TensorOptional(weights.row(number, ParameterKind.GAMMA));
    this.beta = new TensorOptional(weights.row(number, ParameterKind.BETA));
    this.runningMean = weights.row(number, ParameterKind.RUNNING_MEAN);
    this.runningLogDeviation = weights.row(number, ParameterKind.RUNNING_LOG_DEVIATION);
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    if (!pass.training()) {
      return torch.batch_norm(
          input,
          gamma,
          beta,
          new TensorOptional(runningMean),
          new TensorOptional(runningVariance()),
          false,
          0,
          settings.epsilon(),
          false);
    }
    T_TensorTensorTensor_T normalised =
        torch.native_batch_norm(
            input,
            gamma,
            beta,
            new TensorOptional(),
            new TensorOptional(),
            true,
            0,
            settings.epsilon());
    Tensor mean = normalised.get1();
    Tensor variance = variance(normalised.get2());
    pass.deferred().add(() -> moveRunning(mean, variance));
    return normalised.get0();
  }

  // LibTorch saves 1 / sqrt(variance + epsilon).
  private Tensor variance(Tensor inverse) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return inverse
          .pow(ScalarCache.of(-2.0))
          .sub_(ScalarCache.of(settings.epsilon()))
          .clamp_min_(ScalarCache.of(0));
    }
  }

  private Tensor runningVariance() {
    return torch.pow(ScalarCache.of(10), runningLogDeviation.mul(ScalarCache.of(2.0)));
  }

  private void moveRunning(Tensor mean, Tensor variance) {
    Scalar share = ScalarCache.of(1 - settings.momentum());
    runningMean.lerp_(mean, share);
    Tensor moved = runningVariance().lerp_(variance, share);
    runningLogDeviation.copy_(moved.log10_().mul_(ScalarCache.of(0.5)));
  }
}
