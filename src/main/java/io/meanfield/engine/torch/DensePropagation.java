package io.meanfield.engine.torch;

import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.ParameterKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Forward and backward pass through dense layers only. Computes the same products as autograd, but
 * writes them directly into reused buffers: for small layers the recording and the allocations of
 * autograd cost half as much as the products.
 */
final class DensePropagation implements Backprop {
  private static final long[] EXAMPLES = {0};

  private final List<DenseTensors> layers = new ArrayList<>();
  private final Device device;
  private final Map<Integer, List<LayerBuffers>> buffers = new HashMap<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private List<LayerBuffers> current = List.of();
  private Scalar scale = ScalarCache.of(1);

  /** Views of a layer's kernel [units, inputs] and bias [units], and of their gradients. */
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
   * @param sums [size, units], which most activations overwrite with the outputs
   * @param delta the gradient of the sums
   * @param transposed a transposed view of {@code delta}
   */
  private record LayerBuffers(Tensor sums, Tensor delta, Tensor transposed) {}

  DensePropagation(NetworkSettings network, TorchParameters weights, Device device) {
    this.device = device;
    for (int i = 0; i < network.layers().size(); i++) {
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

  /** Returns whether all layers of {@code network} are dense. */
  static boolean supports(NetworkSettings network) {
    return network.layers().stream().allMatch(layer -> layer.asDense().isPresent());
  }

  @Override
  public Tensor forward(Tensor features, ForwardContext pass) {
    current = buffers.computeIfAbsent(pass.size(), this::buffers);
    inputs.clear();
    // The products are divided, not the features: the products are the smaller tensors.
    scale = ScalarCache.of(1.0 / pass.divisor());
    Tensor x = features;
    for (int i = 0; i < layers.size(); i++) {
      DenseTensors layer = layers.get(i);
      Tensor sums = current.get(i).sums();
      inputs.add(x);
      torch.addmm_out(sums, layer.bias, x, layer.transposed, ScalarCache.of(1), scaleOf(i));
      x = i == layers.size() - 1 ? sums : Activations.applyInPlace(layer.activation, sums);
    }
    return x;
  }

  private List<LayerBuffers> buffers(int size) {
    List<LayerBuffers> made = new ArrayList<>();
    for (DenseTensors layer : layers) {
      // At the end of the current step LibTorch frees all tensors that are not retained.
      Tensor sums = LibTorch.zeros(device, size, layer.units()).retainReference();
      Tensor delta = LibTorch.zeros(device, size, layer.units()).retainReference();
      made.add(new LayerBuffers(sums, delta, delta.t().retainReference()));
    }
    return made;
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
      LayerBuffers room = current.get(i);
      Tensor kernel = layer.kernelGradient;
      torch.addmm_out(
          kernel, kernel, room.transposed(), inputs.get(i), ScalarCache.of(0), scaleOf(i));
      torch.sum_out(layer.biasGradient, room.delta(), EXAMPLES);
      if (i > 0) {
        LayerBuffers below = current.get(i - 1);
        torch.mm_out(below.delta(), room.delta(), layer.kernel);
        Activations.backward(
            layers.get(i - 1).activation, below.delta(), below.sums(), inputs.get(i));
      }
    }
  }
}
