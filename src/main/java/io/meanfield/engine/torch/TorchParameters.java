package io.meanfield.engine.torch;

import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.ParameterKind;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * All weights in one flat tensor, and their gradients in another, in {@link ParameterLayout}'s
 * order. Layers work on views: LibTorch's kernels, [units, inputs] row by row, have the same bytes
 * as DL4J's, [inputs, units] column by column. The backward pass adds to the gradients of the
 * views, and so to the flat gradient.
 */
final class TorchParameters {
  private final ParameterLayout layout;
  private final Tensor values;
  private final Tensor gradients;
  private final Map<Parameter, Tensor> views = new HashMap<>();

  TorchParameters(ParameterLayout layout, Device device) {
    this.layout = layout;
    this.values = LibTorch.zeros(device, layout.size());
    this.gradients = LibTorch.zeros(device, layout.size());
  }

  ParameterLayout layout() {
    return layout;
  }

  Tensor values() {
    return values;
  }

  Tensor gradients() {
    return gradients;
  }

  Tensor values(Parameter parameter) {
    return values.narrow(0, parameter.offset(), parameter.count());
  }

  Tensor gradients(Parameter parameter) {
    return gradients.narrow(0, parameter.offset(), parameter.count());
  }

  /** Returns a kernel as [units, inputs]. */
  Tensor kernel(int layer, ParameterKind kind) {
    Parameter parameter = parameter(layer, kind);
    return view(parameter, parameter.shape().get(1), parameter.shape().get(0));
  }

  /** Returns the kernel of a convolution: [filters, channels, height, width]. */
  Tensor filters(int layer) {
    Parameter parameter = parameter(layer, ParameterKind.KERNEL);
    return view(parameter, parameter.shape().stream().mapToLong(Integer::longValue).toArray());
  }

  /** Returns a vector, such as biases. */
  Tensor row(int layer, ParameterKind kind) {
    Parameter parameter = parameter(layer, kind);
    return view(parameter, parameter.count());
  }

  /** Returns the parameter of a layer that has this kind. */
  Parameter parameter(int layer, ParameterKind kind) {
    return layout.of(layer).stream()
        .filter(parameter -> parameter.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private Tensor view(Parameter parameter, long... shape) {
    return views.computeIfAbsent(
        parameter,
        wanted -> {
          Tensor view = values(wanted).view(shape).detach();
          if (wanted.kind().isTrained()) {
            view.set_requires_grad(true);
            view.mutable_grad().put(gradients(wanted).view(shape));
          }
          return view;
        });
  }
}
