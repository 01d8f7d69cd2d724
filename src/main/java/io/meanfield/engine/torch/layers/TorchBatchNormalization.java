package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ParameterKind;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, algorithms 1 and 2) of rows [size, features] or
 * images [size, channels, height, width], with DL4J's state: the running mean and the decimal
 * logarithm of the running standard deviation. The variance of a feature or channel is the mean of
 * the squared deviations in the minibatch, not the unbiased estimate.
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
    this.gamma = new TensorOptional(weights.vector(number, ParameterKind.GAMMA));
    this.beta = new TensorOptional(weights.vector(number, ParameterKind.BETA));
    this.runningMean = weights.vector(number, ParameterKind.RUNNING_MEAN);
    this.runningLogDeviation = weights.vector(number, ParameterKind.RUNNING_LOG_DEVIATION);
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
    pass.deferred().add(() -> updateRunning(mean, variance));
    return normalised.get0();
  }

  // LibTorch returns 1 / sqrt(variance + epsilon).
  private Tensor variance(Tensor inverseDeviation) {
    try (NoGradGuard guard = new NoGradGuard()) {
      return inverseDeviation
          .pow(ScalarCache.of(-2.0))
          .sub_(ScalarCache.of(settings.epsilon()))
          .clamp_min_(ScalarCache.of(0));
    }
  }

  private Tensor runningVariance() {
    return torch.pow(ScalarCache.of(10), runningLogDeviation.mul(ScalarCache.of(2.0)));
  }

  private void updateRunning(Tensor mean, Tensor variance) {
    Scalar fraction = ScalarCache.of(1 - settings.momentum());
    runningMean.lerp_(mean, fraction);
    // The variance of a constant input becomes 0 in the end; its logarithm must stay finite.
    Tensor updated =
        runningVariance().lerp_(variance, fraction).clamp_min_(ScalarCache.of(Float.MIN_NORMAL));
    runningLogDeviation.copy_(updated.log10_().mul_(ScalarCache.of(0.5)));
  }
}
