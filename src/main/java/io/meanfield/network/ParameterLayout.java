package io.meanfield.network;

import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.ParameterSpec;
import io.meanfield.network.layers.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The position of each array in the flat vector of a network's weights. All engines use DL4J's
 * layout. The members of an ensemble follow each other: layer {@code i} of member {@code m} has the
 * number {@code m * layers + i}. {@link OptimizerLayout} is its counterpart for the optimizer's
 * state.
 */
public final class ParameterLayout {
  private final List<Parameter> parameters = new ArrayList<>();
  private int size;

  private ParameterLayout() {}

  /**
   * Returns the layout of a network.
   *
   * @throws IllegalArgumentException if a layer cannot follow the one before it, or if the input is
   *     not known
   * @throws ArithmeticException if the network has more weights than an int can count
   */
  public static ParameterLayout of(NetworkSettings network) {
    ParameterLayout layout = new ParameterLayout();
    List<Shape> shapes = network.shapes();
    int layers = network.layers().size();
    for (int number = 0; number < network.members() * layers; number++) {
      int i = number % layers;
      for (ParameterSpec spec : network.layers().get(i).parameters(shapes.get(i))) {
        layout.add(number, spec);
      }
    }
    return layout;
  }

  private void add(int layer, ParameterSpec spec) {
    Parameter parameter = new Parameter(layer, spec, size);
    size = Math.addExact(size, parameter.count());
    parameters.add(parameter);
  }

  /** Returns all parameters, in the order in which they are stored. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** Returns the parameters of one layer. */
  public List<Parameter> of(int layer) {
    return parameters.stream().filter(parameter -> parameter.layer() == layer).toList();
  }

  /** Returns the range of the parameters of one layer with weights; they are contiguous. */
  public IndexRange range(int layer) {
    List<Parameter> ofLayer = of(layer);
    return new IndexRange(ofLayer.get(0).offset(), ofLayer.get(ofLayer.size() - 1).end());
  }

  /** Returns how many weights there are, with running means and deviations. */
  public int size() {
    return size;
  }

  /**
   * Returns the ranges that no optimizer changes: running means and deviations of batch
   * normalisations.
   */
  public List<IndexRange> untrained() {
    return parameters.stream()
        .filter(parameter -> !parameter.kind().isTrained())
        .map(Parameter::range)
        .toList();
  }

  /** Returns the ranges of the decimal logarithms of running deviations. */
  public List<IndexRange> runningLogDeviations() {
    return parameters.stream()
        .filter(parameter -> parameter.kind() == ParameterKind.RUNNING_LOG_DEVIATION)
        .map(Parameter::range)
        .toList();
  }
}
