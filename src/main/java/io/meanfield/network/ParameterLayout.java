package io.meanfield.network;

import io.meanfield.network.Layer.Autoencoder;
import io.meanfield.network.Layer.BatchNormalization;
import io.meanfield.network.Layer.Conv2D;
import io.meanfield.network.Layer.Dense;
import io.meanfield.network.Layer.Lstm;
import io.meanfield.network.Layer.SimpleRnn;
import io.meanfield.network.Parameter.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everything lies in the flat vector of a network's weights: DL4J's layout, whatever engine
 * computes. {@link OptimizerLayout} is its counterpart for the optimizer's state.
 */
public final class ParameterLayout {
  private final List<Parameter> parameters = new ArrayList<>();
  private int size;

  private ParameterLayout() {}

  public static ParameterLayout of(NetworkSettings network) {
    ParameterLayout layout = new ParameterLayout();
    List<Shape> shapes = network.shapes();
    for (int i = 0; i < network.layers().size(); i++) {
      layout.add(i, network.layers().get(i), shapes.get(i));
    }
    return layout;
  }

  private void add(int number, Layer layer, Shape input) {
    if (layer instanceof Dense dense) {
      add(number, Kind.KERNEL, input.count(), dense.units());
      add(number, Kind.BIAS, dense.units());
    } else if (layer instanceof Autoencoder autoencoder) {
      add(number, Kind.KERNEL, input.count(), autoencoder.units());
      add(number, Kind.BIAS, autoencoder.units());
      add(number, Kind.RECONSTRUCTION_BIAS, input.count());
    } else if (layer instanceof Conv2D conv) {
      Layer.Size kernel = conv.kernel();
      int channels = ((Shape.Image) input).channels();
      add(number, Kind.BIAS, conv.filters());
      add(number, Kind.KERNEL, conv.filters(), channels, kernel.height(), kernel.width());
    } else if (layer instanceof BatchNormalization) {
      int channels = BatchNormalization.channels(input);
      add(number, Kind.GAMMA, channels);
      add(number, Kind.BETA, channels);
      add(number, Kind.RUNNING_MEAN, channels);
      add(number, Kind.RUNNING_LOG_DEVIATION, channels);
    } else if (layer instanceof Lstm lstm) {
      addRecurrent(number, ((Shape.Sequence) input).features(), lstm.units(), Lstm.GATES);
    } else if (layer instanceof SimpleRnn rnn) {
      addRecurrent(number, ((Shape.Sequence) input).features(), rnn.units(), 1);
    }
  }

  private void addRecurrent(int layer, int features, int units, int gates) {
    add(layer, Kind.KERNEL, features, gates * units);
    add(layer, Kind.RECURRENT_KERNEL, units, gates * units);
    add(layer, Kind.BIAS, gates * units);
  }

  private void add(int layer, Kind kind, Integer... shape) {
    Parameter parameter = new Parameter(layer, kind, List.of(shape), size);
    size = Math.addExact(size, parameter.count());
    parameters.add(parameter);
  }

  /** In the order in which they lie. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** Those of one layer. */
  public List<Parameter> of(int layer) {
    return parameters.stream().filter(parameter -> parameter.layer() == layer).toList();
  }

  /** Where those of one layer lie, one behind the other. */
  public IndexRange range(int layer) {
    List<Parameter> own = of(layer);
    return new IndexRange(own.get(0).offset(), own.get(own.size() - 1).end());
  }

  /** How many weights there are. */
  public int size() {
    return size;
  }

  /** Where no optimizer moves anything: running means and deviations. */
  public List<IndexRange> untrained() {
    return parameters.stream().filter(p -> !p.kind().isTrained()).map(Parameter::range).toList();
  }

  /**
   * What moves when the network is trained: all but visible biases, which it does not depend on.
   */
  public List<IndexRange> trainedByLoss() {
    List<IndexRange> moved = new ArrayList<>();
    int start = 0;
    for (Parameter parameter : parameters) {
      if (parameter.kind() == Kind.RECONSTRUCTION_BIAS) {
        moved.add(new IndexRange(start, parameter.offset()));
        start = parameter.end();
      }
    }
    moved.add(new IndexRange(start, size));
    return moved;
  }

  /** Where decimal logarithms of running deviations lie. */
  public List<IndexRange> runningLogDeviations() {
    return parameters.stream()
        .filter(p -> p.kind() == Kind.RUNNING_LOG_DEVIATION)
        .map(Parameter::range)
        .toList();
  }
}
