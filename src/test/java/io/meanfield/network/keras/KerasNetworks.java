package io.meanfield.network.keras;

import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
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
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.Padding;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.SimpleRnn;
import io.meanfield.network.layers.Size;
import java.util.List;
import java.util.Random;

/**
 * Networks that cover every kind of layer with weights. The dimensions of most arrays differ, so
 * that a transposed array does not fit.
 */
final class KerasNetworks {
  private static final Dense OUTPUT = new Dense(3, Activation.SOFTMAX);

  static final NetworkSettings DENSE =
      network(List.of(5), new Dense(4, Activation.RELU), new BatchNormalization(0.9, 0.01), OUTPUT);
  static final NetworkSettings IMAGE =
      network(
          List.of(11, 9, 2),
          new Conv2D(4, new Size(3, 2), new Size(1, 1), Padding.VALID, Activation.RELU, 0),
          new MaxPooling2D(new Size(2, 2), new Size(2, 2)),
          new BatchNormalization(0.9, 0.001),
          new Conv2D(3, new Size(3, 3), new Size(2, 1), Padding.SAME, Activation.TANH, 0),
          new AveragePooling2D(new Size(1, 2), new Size(1, 2)),
          new Flatten(),
          new Dropout(0.3),
          new BatchNormalization(0.9, 0.001),
          OUTPUT);
  static final NetworkSettings FLAT_IMAGE = network(List.of(4, 3, 2), new Flatten(), OUTPUT);
  static final NetworkSettings SEQUENCE =
      network(
          List.of(6, 5),
          new Lstm(4, true, 0),
          new SimpleRnn(7, Activation.TANH, true, 0),
          new Lstm(2, false, 0),
          OUTPUT);
  static final NetworkSettings INDICES =
      network(List.of(6), new Embedding(5, 8), new Lstm(4, false, 0), OUTPUT);
  static final NetworkSettings COLUMNS =
      network(
          List.of(4),
          new ColumnEmbeddings(List.of(3, 2), List.of(7, 5)),
          new Dense(6, Activation.TANH),
          OUTPUT);
  static final List<NetworkSettings> ALL =
      List.of(DENSE, IMAGE, FLAT_IMAGE, SEQUENCE, INDICES, COLUMNS);

  private KerasNetworks() {}

  static NetworkSettings network(List<Integer> input, Layer... layers) {
    return new NetworkSettings(
        input, List.of(layers), Loss.CATEGORICAL_CROSSENTROPY, new Optimizer.Sgd(0.1));
  }

  /**
   * Returns random weights that training could produce: running deviations are positive numbers in
   * single precision, of which the weights hold the logarithms.
   */
  static float[] weights(NetworkSettings network, Random random) {
    float[] weights = new float[ParameterLayout.of(network).size()];
    for (Parameter parameter : ParameterLayout.of(network).parameters()) {
      for (int i = parameter.offset(); i < parameter.end(); i++) {
        float normal = (float) random.nextGaussian();
        weights[i] =
            parameter.kind() == ParameterKind.RUNNING_LOG_DEVIATION
                ? (float) Math.log10((float) Math.exp(normal))
                : normal / 2;
      }
    }
    return weights;
  }
}
