package io.meanfield.engine.torch;

import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.ParameterKind;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** LibTorch's convolution with TensorFlow's padding. */
final class TorchConvolution implements TorchLayer {
  private static final long[] NO_PADDING = {0, 0};
  private static final long[] NO_DILATION = {1, 1};

  private final Conv2D settings;
  private final Tensor kernel;
  private final TensorOptional bias;

  TorchConvolution(Conv2D settings, int number, TorchParameters weights) {
    this.settings = settings;
    this.kernel = weights.filters(number);
    this.bias = new TensorOptional(weights.row(number, ParameterKind.BIAS));
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    long[] strides = {settings.strides().height(), settings.strides().width()};
    return Activations.apply(
        settings.activation(),
        torch.conv2d(padded(input), kernel, bias, strides, NO_PADDING, NO_DILATION, 1));
  }

  // The least padding that is needed; an odd row or column is added at the end.
  private Tensor padded(Tensor x) {
    return switch (settings.padding()) {
      case VALID -> x;
      case SAME -> {
        int height = padding(x.size(2), settings.kernel().height(), settings.strides().height());
        int width = padding(x.size(3), settings.kernel().width(), settings.strides().width());
        long[] around = {width / 2, width - width / 2, height / 2, height - height / 2};
        yield torch.pad(x, around, "constant", new DoubleOptional(0));
      }
    };
  }

  private static int padding(long size, int window, int stride) {
    long steps = (size + stride - 1) / stride;
    return (int) Math.max(0, (steps - 1) * stride + window - size);
  }
}
