package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.Activations;
import io.meanfield.engine.torch.layers.EmbeddedRows;
import io.meanfield.engine.torch.layers.ForwardContext;
import io.meanfield.engine.torch.layers.Mish;
import io.meanfield.engine.torch.layers.PiecewiseRows;
import io.meanfield.engine.torch.layers.TorchDropout;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.kernels.Precision;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.Scaling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The forward and the backward pass through dense layers with dropout between them, and through
 * column embeddings and a piecewise-linear encoding before them. Computes the same products as
 * autograd, but writes them directly into reused buffers: for small layers the recording and the
 * allocations of autograd cost half as much as the products.
 */
final class DensePropagation implements Backprop {
  private static final long[] EXAMPLE_AXIS = {0};

  private final Optional<EmbeddedRows> embedded;
  private final Optional<PiecewiseRows> encoded;
  private final Optional<ScaledKernel> scaled;
  private final List<DenseTensors> layers = new ArrayList<>();
  private final Device device;
  private final Map<Minibatches, List<Buffers>> buffers = new HashMap<>();
  private final List<Tensor> outputs = new ArrayList<>();
  private final Map<Integer, Tensor> masks = new HashMap<>();
  private List<Buffers> current = List.of();
  private Scalar scale = ScalarCache.of(1);
  private Tensor firstKernel = new Tensor(); // [units, inputs before the scaling]

  /**
   * Views of a layer's kernel [units, inputs] and bias [units], and of their gradients.
   *
   * @param dropout of the layer's input
   */
  private record DenseTensors(
      Tensor kernel,
      Tensor bias,
      Tensor kernelGradient,
      Tensor biasGradient,
      Activation activation,
      Optional<TorchDropout> dropout) {}

  /**
   * The kernel of a dense layer [units, inputs] after a scaling of its inputs. The factors multiply
   * the kernel, which is smaller than a minibatch of inputs and saves their gradients.
   */
  private record ScaledKernel(
      Tensor kernel, Tensor kernelGradient, Tensor factors, Tensor factorGradients) {
    Tensor product() {
      return kernel.mul(factors);
    }

    /** Converts the gradient of the product to those of kernel and factors. */
    void backward() {
      torch.sum_out(factorGradients, kernelGradient.mul(kernel), EXAMPLE_AXIS);
      kernelGradient.mul_(factors);
    }
  }

  /** The minibatches that share buffers. */
  private record Minibatches(int size, Precision precision) {}

  /**
   * What a layer writes in each step.
   *
   * @param dropped [size, inputs], the input after dropout
   */
  private record Buffers(DenseProducts products, Optional<Mish> mish, Optional<Tensor> dropped) {
    static Buffers of(DenseTensors layer, Minibatches minibatches, Device device) {
      long inputs = layer.kernel.size(1);
      DenseProducts products =
          DenseProducts.of(
              minibatches.precision, device, minibatches.size, inputs, layer.kernel.size(0));
      return new Buffers(
          products,
          layer.activation == Activation.MISH
              ? Optional.of(new Mish(products.sums(), products.delta()))
              : Optional.empty(),
          layer.dropout.map(
              dropout -> LibTorch.zeros(device, minibatches.size, inputs).retainReference()));
    }
  }

  DensePropagation(NetworkSettings network, TorchParameters weights, Device device) {
    this.device = device;
    this.embedded =
        network
            .columnEmbeddings()
            .map(layer -> new EmbeddedRows(layer, network.inputs(), weights, device));
    this.encoded = network.piecewiseLinear().map(layer -> new PiecewiseRows(layer, device));
    Optional<TorchDropout> dropout = Optional.empty();
    for (int i = firstDense(network); i < network.layers().size(); i++) {
      if (network.layers().get(i) instanceof Dropout layer) {
        dropout = Optional.of(new TorchDropout(layer.rate(), i));
        continue;
      }
      Parameter kernel = weights.parameter(i, ParameterKind.KERNEL);
      Parameter bias = weights.parameter(i, ParameterKind.BIAS);
      long[] shape = {kernel.shape().get(1), kernel.shape().get(0)};
      Tensor view = weights.values(kernel).view(shape);
      layers.add(
          new DenseTensors(
              view,
              weights.values(bias),
              weights.gradients(kernel).view(shape),
              weights.gradients(bias),
              network.layers().get(i).activation(),
              dropout));
      dropout = Optional.empty();
    }
    this.scaled = scaled(network, weights);
  }

  private Optional<ScaledKernel> scaled(NetworkSettings network, TorchParameters weights) {
    int first = network.encodingLayers();
    if (!(network.layers().get(first) instanceof Scaling)) {
      return Optional.empty();
    }
    Parameter scale = weights.parameter(first, ParameterKind.SCALE);
    DenseTensors dense = layers.get(0);
    return Optional.of(
        new ScaledKernel(
            dense.kernel(),
            dense.kernelGradient(),
            weights.values(scale),
            weights.gradients(scale)));
  }

  private static int firstDense(NetworkSettings network) {
    int first = network.encodingLayers();
    return network.layers().get(first) instanceof Scaling ? first + 1 : first;
  }

  /**
   * Returns whether all layers of {@code network} are dense, with dropout between them, after
   * column embeddings and a piecewise-linear encoding if any.
   */
  static boolean supports(NetworkSettings network) {
    int first = firstDense(network);
    List<Layer> layers = network.layers();
    return IntStream.range(first, layers.size())
        .allMatch(
            i ->
                layers.get(i).asDense().isPresent()
                    || (layers.get(i) instanceof Dropout
                        && i > first
                        && layers.get(i - 1).asDense().isPresent()));
  }

  @Override
  public Tensor forward(Tensor features, ForwardContext pass) {
    current =
        buffers.computeIfAbsent(new Minibatches(pass.size(), pass.precision()), this::allocate);
    outputs.clear();
    masks.clear();
    // The product with the first kernel includes the factor, which saves a pass over the features.
    boolean isEncoded = embedded.isPresent() || encoded.isPresent();
    scale = ScalarCache.of(isEncoded ? 1 : 1.0 / pass.divisor());
    Tensor x = isEncoded ? encoded(features, pass) : features;
    firstKernel = scaled.map(ScaledKernel::product).orElseGet(() -> layers.get(0).kernel());
    for (int i = 0; i < layers.size(); i++) {
      DenseProducts products = current.get(i).products();
      outputs.add(x);
      Tensor kernel = i == 0 ? firstKernel : layers.get(i).kernel;
      products.forward(dropped(i, x, pass), kernel, layers.get(i).bias, scaleOf(i));
      x = i == layers.size() - 1 ? products.sums() : activated(i);
    }
    return x;
  }

  private Tensor activated(int layer) {
    Buffers own = current.get(layer);
    return own.mish()
        .map(Mish::forward)
        .orElseGet(
            () -> Activations.applyInPlace(layers.get(layer).activation, own.products().sums()));
  }

  private Tensor encoded(Tensor features, ForwardContext pass) {
    Tensor rows =
        embedded
            .map(columns -> columns.forward(features, pass))
            .orElseGet(() -> pass.scaled(features));
    return encoded.map(columns -> columns.of(rows)).orElse(rows);
  }

  /** Returns the input of a layer after its dropout, whose factors are kept. */
  private Tensor dropped(int layer, Tensor input, ForwardContext pass) {
    Optional<Tensor> mask =
        layers.get(layer).dropout().flatMap(dropout -> dropout.mask(input, pass));
    mask.ifPresent(factors -> masks.put(layer, factors));
    return mask.map(
            factors -> torch.mul_out(current.get(layer).dropped().orElseThrow(), input, factors))
        .orElse(input);
  }

  private List<Buffers> allocate(Minibatches minibatches) {
    return layers.stream().map(layer -> Buffers.of(layer, minibatches, device)).toList();
  }

  private Scalar scaleOf(int layer) {
    return layer == 0 ? scale : ScalarCache.of(1);
  }

  @Override
  public void backward(Tensor sums, Tensor delta) {
    int last = layers.size() - 1;
    current.get(last).products().delta().copy_(delta);
    for (int i = last; i >= 0; i--) {
      DenseTensors layer = layers.get(i);
      DenseProducts own = current.get(i).products();
      own.kernelGradient(layer.kernelGradient, scaleOf(i));
      torch.sum_out(layer.biasGradient, own.delta(), EXAMPLE_AXIS);
      if (i > 0) {
        Tensor below = current.get(i - 1).products().delta();
        own.inputGradient(below);
        if (masks.containsKey(i)) {
          below.mul_(masks.get(i));
        }
        activationBackward(i - 1);
      }
    }
    embedded.ifPresent(rows -> rows.backward(current.get(0).products().delta(), firstKernel));
    scaled.ifPresent(ScaledKernel::backward);
  }

  /** Converts the gradient of a hidden layer's outputs to that of its sums. */
  private void activationBackward(int layer) {
    Buffers own = current.get(layer);
    own.mish()
        .ifPresentOrElse(
            Mish::backward,
            () ->
                Activations.backward(
                    layers.get(layer).activation,
                    own.products().delta(),
                    own.products().sums(),
                    outputs.get(layer + 1)));
  }
}
