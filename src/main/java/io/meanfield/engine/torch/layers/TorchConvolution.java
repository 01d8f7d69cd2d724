package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.ParameterKind;
import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** LibTorch's convolution of images with TensorFlow's padding, followed by the activation. */
final class TorchConvolution implements TorchLayer {
  private final Conv2D settings;
  private final Optional<Activation> activation;
  private final Tensor kernel;
  private final TensorOptional bias;

  /**
   * Creates the layer.
   *
   * @param activation of the sums; empty if the next layer, a max pooling, takes them as they are
   */
  TorchConvolution(
      Conv2D settings, Optional<Activation> activation, int number, TorchParameters weights) {
    this.settings = settings;
    this.activation = activation;
    this.kernel = weights.filters(number);
    this.bias = new TensorOptional(weights.vector(number, ParameterKind.BIAS));
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    Tensor sums =
        torch.conv2d(
            pass.narrowed(padded(input)),
            pass.narrowed(kernel),
            pass.narrowed(bias),
            TorchLayers.longs(settings.strides()),
            TorchLayers.NO_PADDING,
            TorchLayers.NO_DILATION,
            1);
    return activation
        .map(function -> Activations.applyInPlace(function, pass.widened(sums)))
        .orElse(sums);
  }

  // Adds the fewest rows and columns; if their number is odd, the end has one more than the start.
  private Tensor padded(Tensor images) {
    return switch (settings.padding()) {
      case VALID -> images;
      case SAME -> {
        int height =
            padding(images.size(2), settings.kernel().height(), settings.strides().height());
        int width = padding(images.size(3), settings.kernel().width(), settings.strides().width());
        long[] around = {width / 2, width - width / 2, height / 2, height - height / 2};
        yield torch.pad(images, around, "constant", new DoubleOptional(0));
      }
    };
  }

  private static int padding(long size, int window, int stride) {
    long outputSize = (size + stride - 1) / stride;
    return (int) Math.max(0, (outputSize - 1) * stride + window - size);
  }
}
