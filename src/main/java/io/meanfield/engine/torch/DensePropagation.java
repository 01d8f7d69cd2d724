package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.Activations;
import io.meanfield.engine.torch.layers.EmbeddedRows;
import io.meanfield.engine.torch.layers.ForwardContext;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.ParameterKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The forward and the backward pass through dense layers only, and column embeddings before them.
 * Computes the same products as autograd, but writes them directly into reused buffers: for small
 * layers the recording and the allocations of autograd cost half as much as the products.
 */
final class DensePropagation implements Backprop {
  private static final long[] EXAMPLE_AXIS = {0};

  private final Optional<EmbeddedRows> embedded;
  private final List<DenseTensors> layers = new ArrayList<>();
  private final Device device;
  private final Map<Integer, List<LayerBuffers>> buffers = new HashMap<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private List<LayerBuffers> current = List.of();
  private Scalar scale = ScalarCache.of(1);

  /**
   * Views of a layer's kernel [units, inputs] and bias [units], and of their gradients.
   *
   * @param transposed the kernel as [inputs, units]
   */
  private record DenseTensors(
      Tensor kernel,
      Tensor transposed,
      Tensor bias,
      Tensor kernelGradient,
      Tensor biasGradient,
      Activation activation) {
    long units() {
      return bias.numel();
    }
  }

  /**
   * The buffers of a layer for one size of minibatch.
   *
   * @param sums [size, units]; {@link Activations#applyInPlace} overwrites them with the outputs
   *     for some activations
   * @param delta the gradient of the sums [size, units]
   * @param transposed {@code delta} as [units, size]
   */
  private record LayerBuffers(Tensor sums, Tensor delta, Tensor transposed) {}

  DensePropagation(NetworkSettings network, TorchParameters weights, Device device) {
    this.device = device;
    this.embedded =
        network
            .columnEmbeddings()
            .map(layer -> new EmbeddedRows(layer, network.inputs(), weights, device));
    for (int i = firstDense(network); i < network.layers().size(); i++) {
      Parameter kernel = weights.parameter(i, ParameterKind.KERNEL);
      Parameter bias = weights.parameter(i, ParameterKind.BIAS);
      long[] shape = {kernel.shape().get(1), kernel.shape().get(0)};
      Tensor view = weights.values(kernel).view(shape);
      layers.add(
          new DenseTensors(
              view,
              view.t(),
              weights.values(bias),
              weights.gradients(kernel).view(shape),
              weights.gradients(bias),
              network.layers().get(i).activation()));
    }
  }

  private static int firstDense(NetworkSettings network) {
    return network.columnEmbeddings().isPresent() ? 1 : 0;
  }

  /** Returns whether all layers of {@code network} are dense, after column embeddings if any. */
  static boolean supports(NetworkSettings network) {
    return network.layers().stream()
        .skip(firstDense(network))
        .allMatch(layer -> layer.asDense().isPresent());
  }

  @Override
  public Tensor forward(Tensor features, ForwardContext pass) {
    current = buffers.computeIfAbsent(pass.size(), this::allocate);
    inputs.clear();
    // The product with the first kernel includes the factor, which saves a pass over the features.
    scale = ScalarCache.of(embedded.isPresent() ? 1 : 1.0 / pass.divisor());
    Tensor x = embedded.map(rows -> rows.forward(features, pass)).orElse(features);
    for (int i = 0; i < layers.size(); i++) {
      DenseTensors layer = layers.get(i);
      Tensor sums = current.get(i).sums();
      inputs.add(x);
      torch.addmm_out(sums, layer.bias, x, layer.transposed, ScalarCache.of(1), scaleOf(i));
      x = i == layers.size() - 1 ? sums : Activations.applyInPlace(layer.activation, sums);
    }
    return x;
  }

  private List<LayerBuffers> allocate(int size) {
    List<LayerBuffers> allocated = new ArrayList<>();
    for (DenseTensors layer : layers) {
      // The PointerScope of the current step frees all tensors that are not retained.
      Tensor sums = LibTorch.zeros(device, size, layer.units()).retainReference();
      Tensor delta = LibTorch.zeros(device, size, layer.units()).retainReference();
      allocated.add(new LayerBuffers(sums, delta, delta.t().retainReference()));
    }
    return allocated;
  }

  private Scalar scaleOf(int layer) {
    return layer == 0 ? scale : ScalarCache.of(1);
  }

  @Override
  public void backward(Tensor sums, Tensor delta) {
    int last = layers.size() - 1;
    current.get(last).delta().copy_(delta);
    for (int i = last; i >= 0; i--) {
      DenseTensors layer = layers.get(i);
      LayerBuffers own = current.get(i);
      Tensor gradient = layer.kernelGradient;
      torch.addmm_out(
          gradient, gradient, own.transposed(), inputs.get(i), ScalarCache.of(0), scaleOf(i));
      torch.sum_out(layer.biasGradient, own.delta(), EXAMPLE_AXIS);
      if (i > 0) {
        LayerBuffers below = current.get(i - 1);
        torch.mm_out(below.delta(), own.delta(), layer.kernel);
        Activations.backward(
            layers.get(i - 1).activation, below.delta(), below.sums(), inputs.get(i));
      }
    }
    embedded.ifPresent(rows -> rows.backward(current.get(0).delta(), layers.get(0).kernel()));
  }
}
