package io.meanfield.engine.torch;

import io.meanfield.network.Activation;
import io.meanfield.network.Layer;
import io.meanfield.network.Layer.Autoencoder;
import io.meanfield.network.Layer.AveragePooling2D;
import io.meanfield.network.Layer.BatchNormalization;
import io.meanfield.network.Layer.Conv2D;
import io.meanfield.network.Layer.Dense;
import io.meanfield.network.Layer.Dropout;
import io.meanfield.network.Layer.Flatten;
import io.meanfield.network.Layer.Lstm;
import io.meanfield.network.Layer.MaxPooling2D;
import io.meanfield.network.Layer.Padding;
import io.meanfield.network.Layer.SimpleRnn;
import io.meanfield.network.Parameter.Kind;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** The layers of the vocabulary at work, around views into the flat weights. */
final class TorchLayers {
  private TorchLayers() {}

  /** The layer with number {@code number}; the last one gives its sums, before its activation. */
  static TorchLayer of(Layer layer, int number, boolean last, TorchParameters weights) {
    if (layer instanceof Dense dense) {
      return dense(last ? Activation.LINEAR : dense.activation(), number, weights);
    }
    if (layer instanceof Autoencoder autoencoder) {
      return new TorchAutoencoder(autoencoder, number, weights);
    }
    if (layer instanceof Conv2D conv) {
      return convolution(conv, number, weights);
    }
    if (layer instanceof MaxPooling2D pooling) {
      long[] pool = longs(pooling.pool());
      long[] strides = longs(pooling.strides());
      return (x, pass) -> torch.max_pool2d(x, pool, strides, NONE, ONE, false);
    }
    if (layer instanceof AveragePooling2D pooling) {
      long[] pool = longs(pooling.pool());
      long[] strides = longs(pooling.strides());
      return (x, pass) -> torch.avg_pool2d(x, pool, strides, NONE, false, true, new LongOptional());
    }
    if (layer instanceof Flatten) {
      return (x, pass) -> x.reshape(pass.size(), -1);
    }
    if (layer instanceof Dropout dropout) {
      return new TorchDropout(dropout.rate(), number);
    }
    if (layer instanceof BatchNormalization normalization) {
      return new TorchBatchNormalization(normalization, number, weights);
    }
    if (layer instanceof Lstm lstm) {
      return new TorchLstm(lstm, number, weights);
    }
    return new TorchRnn((SimpleRnn) layer, number, weights);
  }

  private static final long[] NONE = {0, 0};
  private static final long[] ONE = {1, 1};

  private static TorchLayer dense(Activation activation, int number, TorchParameters weights) {
    Tensor kernel = weights.kernel(number, Kind.KERNEL);
    TensorOptional bias = new TensorOptional(weights.row(number, Kind.BIAS));
    return (x, pass) -> Activations.apply(activation, torch.linear(x, kernel, bias));
  }

  private static TorchLayer convolution(Conv2D conv, int number, TorchParameters weights) {
    Tensor kernel = weights.filters(number);
    TensorOptional bias = new TensorOptional(weights.row(number, Kind.BIAS));
    long[] strides = longs(conv.strides());
    boolean same = conv.padding() == Padding.SAME;
    return (x, pass) -> {
      Tensor padded = same ? padded(x, conv) : x;
      return Activations.apply(
          conv.activation(), torch.conv2d(padded, kernel, bias, strides, NONE, ONE, 1));
    };
  }

  // As TensorFlow pads: as little as possible, the odd row and column behind.
  private static Tensor padded(Tensor x, Conv2D conv) {
    int height = padding(x.size(2), conv.kernel().height(), conv.strides().height());
    int width = padding(x.size(3), conv.kernel().width(), conv.strides().width());
    long[] around = {width / 2, width - width / 2, height / 2, height - height / 2};
    return torch.pad(x, around, "constant", new DoubleOptional(0));
  }

  private static int padding(long size, int window, int stride) {
    long steps = (size + stride - 1) / stride;
    return (int) Math.max(0, (steps - 1) * stride + window - size);
  }

  private static long[] longs(Layer.Size size) {
    return new long[] {size.height(), size.width()};
  }
}
