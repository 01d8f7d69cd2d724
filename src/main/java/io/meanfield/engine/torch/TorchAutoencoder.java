package io.meanfield.engine.torch;

import io.meanfield.learner.DropoutMask;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Autoencoder;
import io.meanfield.network.layers.ParameterKind;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A dense layer that can reconstruct its inputs: a denoising autoencoder with tied weights, Vincent
 * et al. 2008, section 2.3.
 */
final class TorchAutoencoder implements TorchLayer {
  private final Autoencoder autoencoder;
  private final int number;
  private final Tensor kernel;
  private final TensorOptional bias;
  private final TensorOptional visibleBias;

  TorchAutoencoder(Autoencoder autoencoder, int number, TorchParameters weights) {
    this.autoencoder = autoencoder;
    this.number = number;
    this.kernel = weights.kernel(number, ParameterKind.KERNEL);
    this.bias = new TensorOptional(weights.row(number, ParameterKind.BIAS));
    this.visibleBias = new TensorOptional(weights.row(number, ParameterKind.RECONSTRUCTION_BIAS));
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    return Activations.apply(autoencoder.activation(), torch.linear(input, kernel, bias));
  }

  /**
   * Adds the gradients of the mean loss over the examples to the gradients of the weights, and
   * returns the reconstruction.
   *
   * @param inputs [size, inputs]
   */
  Tensor denoise(Tensor inputs, ForwardContext pass) {
    Tensor hidden = forward(corrupted(inputs, pass), pass);
    Tensor sums = torch.linear(hidden, kernel.t(), visibleBias);
    Tensor head = sums.detach();
    Tensor reconstruction = Activations.apply(autoencoder.activation(), head);
    Tensor gradient =
        reconstruction.sub(inputs).div_(ScalarCache.of((double) inputs.size(1) * pass.size()));
    // The derivatives of the sigmoid and of the cross-entropy cancel.
    if (autoencoder.activation() != Activation.SIGMOID) {
      Activations.backward(
          autoencoder.activation(), gradient.mul_(ScalarCache.of(2)), head, reconstruction);
    }
    sums.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    return reconstruction;
  }

  private Tensor corrupted(Tensor inputs, ForwardContext pass) {
    float[] factors = new float[Math.toIntExact(inputs.numel())];
    DropoutMask.draw(factors, factors.length, autoencoder.corruption(), 1, pass.key(), number);
    Tensor mask = LibTorch.zeros(inputs.device(), inputs.shape());
    LibTorch.write(factors, mask);
    return inputs.mul(mask);
  }
}
