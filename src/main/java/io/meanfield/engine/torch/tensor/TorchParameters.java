package io.meanfield.engine.torch.tensor;

import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.ParameterKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * All weights in one flat tensor, and their gradients in another, in {@link ParameterLayout}'s
 * order. Layers work on views: LibTorch's kernels, [units, inputs] row by row ('c' order), have the
 * same bytes as DL4J's, [inputs, units] column by column ('f' order). LibTorch's backward pass adds
 * to the gradients of the views, and so to the flat gradients.
 */
public final class TorchParameters {
  private final ParameterLayout layout;
  private final Tensor values;
  private final Tensor gradients;
  private final Map<Parameter, Tensor> views = new HashMap<>();

  public TorchParameters(ParameterLayout layout, Device device) {
    this.layout = layout;
    this.values = LibTorch.zeros(device, layout.size());
    this.gradients = LibTorch.zeros(device, layout.size());
  }

  public ParameterLayout layout() {
    return layout;
  }

  public Tensor values() {
    return values;
  }

  public Tensor gradients() {
    return gradients;
  }

  /** Returns the weights of a parameter as a vector that shares their memory. */
  public Tensor values(Parameter parameter) {
    return values.narrow(0, parameter.offset(), parameter.count());
  }

  /** Returns the gradients of a parameter as a vector that shares their memory. */
  public Tensor gradients(Parameter parameter) {
    return gradients.narrow(0, parameter.offset(), parameter.count());
  }

  /** Returns a view [units, inputs] of a kernel that DL4J stores as [inputs, units]. */
  public Tensor kernel(int layer, ParameterKind kind) {
    Parameter parameter = parameter(layer, kind);
    return view(parameter, parameter.shape().get(1), parameter.shape().get(0));
  }

  /** Returns the views [units, inputs] of all kernels of a layer, in the order of their numbers. */
  public List<Tensor> kernels(int layer) {
    return layout.of(layer).stream()
        .map(parameter -> view(parameter, parameter.shape().get(1), parameter.shape().get(0)))
        .toList();
  }

  /** Returns a view of the kernel of a convolution: [filters, channels, height, width]. */
  public Tensor filters(int layer) {
    Parameter parameter = parameter(layer, ParameterKind.KERNEL);
    return view(parameter, parameter.shape().stream().mapToLong(Integer::longValue).toArray());
  }

  /** Returns a view of a vector, such as the biases [units]. */
  public Tensor vector(int layer, ParameterKind kind) {
    Parameter parameter = parameter(layer, kind);
    return view(parameter, parameter.count());
  }

  /** Returns the parameter of this kind in a layer, which must have one. */
  public Parameter parameter(int layer, ParameterKind kind) {
    return layout.of(layer).stream()
        .filter(parameter -> parameter.kind() == kind)
        .findFirst()
        .orElseThrow();
  }

  private Tensor view(Parameter parameter, long... shape) {
    return views.computeIfAbsent(
        parameter,
        absent -> {
          Tensor view = values(absent).view(shape).detach();
          if (absent.kind().isTrained()) {
            view.set_requires_grad(true);
            view.mutable_grad().put(gradients(absent).view(shape));
          }
          return view;
        });
  }
}
