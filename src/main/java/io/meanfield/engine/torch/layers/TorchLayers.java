package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.AveragePooling2D;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.LayerVisitor;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.PiecewiseLinear;
import io.meanfield.network.layers.Scaling;
import io.meanfield.network.layers.SimpleRnn;
import io.meanfield.network.layers.Size;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Converts a layer to one on LibTorch that uses views of the flat weights. The outputs of the last
 * layer are its sums, without the activation. ReLU between a convolution and a max pooling comes
 * after the pooling, which has a fraction of the numbers: the largest number of a window is the
 * same, and so is each gradient, bit by bit.
 *
 * @param layers all layers of the network
 * @param number of the layer to convert, from 0
 */
public record TorchLayers(List<Layer> layers, int number, TorchParameters weights)
    implements LayerVisitor<TorchLayer> {
  static final long[] NO_PADDING = {0, 0};
  static final long[] NO_DILATION = {1, 1};

  @Override
  public TorchLayer dense(Dense dense) {
    Activation activation = isLast() ? Activation.LINEAR : dense.activation();
    Tensor kernel = weights.kernel(number, ParameterKind.KERNEL);
    TensorOptional bias = new TensorOptional(weights.vector(number, ParameterKind.BIAS));
    return (x, pass) -> {
      Tensor sums = torch.linear(pass.narrowed(x), pass.narrowed(kernel), pass.narrowed(bias));
      return Activations.apply(activation, pass.widened(sums));
    };
  }

  @Override
  public TorchLayer conv2D(Conv2D convolution) {
    Optional<Activation> activation =
        isReluBeforePooling(number) ? Optional.empty() : Optional.of(convolution.activation());
    return new TorchConvolution(convolution, activation, number, weights);
  }

  @Override
  public TorchLayer maxPooling2D(MaxPooling2D pooling) {
    long[] pool = longs(pooling.pool());
    long[] strides = longs(pooling.strides());
    Activation activation =
        number > 0 && isReluBeforePooling(number - 1) ? Activation.RELU : Activation.LINEAR;
    return (x, pass) -> {
      Tensor largest = torch.max_pool2d(x, pool, strides, NO_PADDING, NO_DILATION, false);
      return Activations.applyInPlace(activation, pass.widened(largest));
    };
  }

  @Override
  public TorchLayer averagePooling2D(AveragePooling2D pooling) {
    long[] pool = longs(pooling.pool());
    long[] strides = longs(pooling.strides());
    return (x, pass) ->
        torch.avg_pool2d(x, pool, strides, NO_PADDING, false, true, new LongOptional());
  }

  @Override
  public TorchLayer flatten(Flatten flatten) {
    return (x, pass) -> x.reshape(pass.size(), -1);
  }

  @Override
  public TorchLayer dropout(Dropout dropout) {
    return new TorchDropout(dropout.rate(), number);
  }

  @Override
  public TorchLayer batchNormalization(BatchNormalization normalization) {
    return new TorchBatchNormalization(normalization, number, weights);
  }

  @Override
  public TorchLayer lstm(Lstm lstm) {
    return new TorchLstm(lstm, number, weights);
  }

  @Override
  public TorchLayer simpleRnn(SimpleRnn rnn) {
    return new TorchRnn(rnn, number, weights);
  }

  @Override
  public TorchLayer embedding(Embedding embedding) {
    return new TorchEmbedding(number, weights);
  }

  @Override
  public TorchLayer columnEmbeddings(ColumnEmbeddings embeddings) {
    return new TorchColumnEmbeddings(embeddings, number, weights);
  }

  @Override
  public TorchLayer piecewiseLinear(PiecewiseLinear encoding) {
    PiecewiseRows rows = new PiecewiseRows(encoding, weights.values().device());
    return (x, pass) -> rows.of(x);
  }

  @Override
  public TorchLayer scaling(Scaling scaling) {
    Tensor factors = weights.vector(number, ParameterKind.SCALE);
    return (x, pass) -> x.mul(factors);
  }

  private boolean isLast() {
    return number == layers.size() - 1;
  }

  private boolean isReluBeforePooling(int first) {
    return layers.get(first) instanceof Conv2D convolution
        && convolution.activation() == Activation.RELU
        && first + 1 < layers.size()
        && layers.get(first + 1) instanceof MaxPooling2D;
  }

  /** Returns [height, width]. */
  static long[] longs(Size size) {
    return new long[] {size.height(), size.width()};
  }
}
