package io.meanfield.network.torch;

import io.meanfield.network.Activation;
import io.meanfield.network.Layer;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.Parameter.Kind;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Dense layers alone, with the products that autograd would make, written to where they belong: on
 * small layers the records of autograd cost as much as half of the products.
 */
final class DensePropagation implements Propagation {
  private static final long[] EXAMPLES = {0};

  private final List<Dense> layers = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> sums = new ArrayList<>();

  /** Views: [units, inputs], [units], and their gradients. */
  private record Dense(
      Tensor kernel,
      Tensor transposed,
      Tensor bias,
      Tensor kernelGradient,
      Tensor biasGradient,
      Activation activation) {}

  DensePropagation(NetworkSettings network, Weights weights) {
    for (int i = 0; i < network.layers().size(); i++) {
      Parameter kernel = weights.parameter(i, Kind.KERNEL);
      Parameter bias = weights.parameter(i, Kind.BIAS);
      long[] shape = {kernel.shape().get(1), kernel.shape().get(0)};
      Tensor view = weights.values(kernel).view(shape);
      layers.add(
          new Dense(
              view,
              view.t(),
              weights.values(bias),
              weights.gradients(kernel).view(shape),
              weights.gradients(bias),
              network.layers().get(i).activation()));
    }
  }

  static boolean fits(NetworkSettings network) {
    return network.layers().stream().allMatch(layer -> layer instanceof Layer.Dense);
  }

  @Override
  public Tensor forward(Tensor features, Pass pass) {
    inputs.clear();
    sums.clear();
    Tensor x = features;
    for (int i = 0; i < layers.size(); i++) {
      Dense layer = layers.get(i);
      inputs.add(x);
      Tensor sum = torch.addmm(layer.bias, x, layer.transposed);
      sums.add(sum);
      x = i == layers.size() - 1 ? sum : Activations.apply(layer.activation, sum);
    }
    return x;
  }

  @Override
  public void backward(Tensor outputs, Tensor delta) {
    Tensor back = delta;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Dense layer = layers.get(i);
      torch.mm_out(layer.kernelGradient, back.t(), inputs.get(i));
      torch.sum_out(layer.biasGradient, back, EXAMPLES);
      if (i > 0) {
        back =
            Activations.backward(
                layers.get(i - 1).activation,
                back.mm(layer.kernel),
                sums.get(i - 1),
                inputs.get(i));
      }
    }
  }
}
