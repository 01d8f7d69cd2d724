package io.meanfield.engine.torch;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Autoencoder;
import io.meanfield.network.layers.ParameterKind;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A dense layer that can be trained to reconstruct its inputs: a denoising autoencoder with tied
 * weights, Vincent et al. 2008, section 2.3.
 */
final class TorchAutoencoder implements PretrainedLayer {
  private final Autoencoder autoencoder;
  private final TorchMask corruption;
  private final Tensor kernel;
  private final TensorOptional bias;
  private final TensorOptional visibleBias;

  TorchAutoencoder(Autoencoder autoencoder, int number, TorchParameters weights) {
    this.autoencoder = autoencoder;
    this.corruption = new TorchMask(autoencoder.corruption(), 1, number);
    this.kernel = weights.kernel(number, ParameterKind.KERNEL);
    this.bias = new TensorOptional(weights.vector(number, ParameterKind.BIAS));
    this.visibleBias =
        new TensorOptional(weights.vector(number, ParameterKind.RECONSTRUCTION_BIAS));
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    return Activations.apply(autoencoder.activation(), torch.linear(input, kernel, bias));
  }

  @Override
  public Tensor addGradients(Tensor inputs, ForwardContext pass) {
    Tensor hidden = forward(corruption.apply(inputs, pass.key()), pass);
    Tensor sums = torch.linear(hidden, kernel.t(), visibleBias);
    Tensor constantSums = sums.detach();
    Tensor reconstruction = Activations.apply(autoencoder.activation(), constantSums);
    Tensor gradient =
        reconstruction.sub(inputs).div_(ScalarCache.of((double) inputs.size(1) * pass.size()));
    // With the sigmoid the loss is the cross-entropy, and this is already the gradient of the sums.
    if (autoencoder.activation() != Activation.SIGMOID) {
      Activations.backward(
          autoencoder.activation(), gradient.mul_(ScalarCache.of(2)), constantSums, reconstruction);
    }
    sums.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    return reconstruction;
  }
}
