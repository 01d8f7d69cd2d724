package io.meanfield.network.keras;

import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.AveragePooling2D;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.network.layers.LayerVisitor;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.Padding;
import io.meanfield.network.layers.Shape;
import io.meanfield.network.layers.SimpleRnn;
import io.meanfield.network.layers.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Keras' forward pass on the arrays of get_weights(), implemented from its documentation: channels
 * last, x W + b. Does not use DL4J's layout.
 */
final class KerasForward {
  private final NetworkSettings network;
  private final Map<String, NumpyArray> arrays;

  KerasForward(NetworkSettings network, Map<String, NumpyArray> arrays) {
    this.network = network;
    this.arrays = arrays;
  }

  /** Returns the outputs for one example, whose numbers are in the order of network.input. */
  double[] predict(double[] example) {
    double[] x = example;
    List<Shape> shapes = network.shapes();
    for (int i = 0; i < network.layers().size(); i++) {
      x = LayerTypes.visit(network.layers().get(i), new Forward(i, x, shapes));
    }
    return x;
  }

  private double[] array(String name, int layer) {
    return arrays.get(name + layer).values();
  }

  /** Computes the output of each kind of layer for x. */
  private final class Forward implements LayerVisitor<double[]> {
    private final int number;
    private final double[] x;
    private final Shape input;
    private final Shape output;

    Forward(int number, double[] x, List<Shape> shapes) {
      this.number = number;
      this.x = x;
      this.input = shapes.get(number);
      this.output = shapes.get(number + 1);
    }

    @Override
    public double[] dense(Dense dense) {
      double[] sums = times(x, array("W", number), array("b", number));
      return activate(dense.activation(), sums);
    }

    @Override
    public double[] conv2D(Conv2D conv) {
      double[] sums = convolve(number, conv, x, (Shape.Image) input, (Shape.Image) output);
      return activate(conv.activation(), sums);
    }

    @Override
    public double[] maxPooling2D(MaxPooling2D pooling) {
      return pool(
          x, (Shape.Image) input, (Shape.Image) output, pooling.pool(), pooling.strides(), true);
    }

    @Override
    public double[] averagePooling2D(AveragePooling2D pooling) {
      return pool(
          x, (Shape.Image) input, (Shape.Image) output, pooling.pool(), pooling.strides(), false);
    }

    @Override
    public double[] flatten(Flatten flatten) {
      return x;
    }

    @Override
    public double[] dropout(Dropout dropout) {
      return x;
    }

    @Override
    public double[] batchNormalization(BatchNormalization normalization) {
      return normalize(number, normalization, x);
    }

    @Override
    public double[] lstm(Lstm lstm) {
      return KerasForward.this.lstm(number, lstm, x, (Shape.Sequence) input);
    }

    @Override
    public double[] simpleRnn(SimpleRnn rnn) {
      return rnn(number, rnn, x, (Shape.Sequence) input);
    }

    @Override
    public double[] embedding(Embedding embedding) {
      double[] w = array("W", number); // [categories, units]
      int units = embedding.units();
      double[] rows = new double[x.length * units];
      for (int step = 0; step < x.length; step++) {
        System.arraycopy(w, units * (int) x[step], rows, step * units, units);
      }
      return rows;
    }

    @Override
    public double[] columnEmbeddings(ColumnEmbeddings embeddings) {
      int numbers = x.length - embeddings.columns();
      double[] joined = Arrays.copyOf(x, numbers + embeddings.width());
      int next = numbers;
      for (int column = 0; column < embeddings.columns(); column++) {
        String name = "W" + number + (column == 0 ? "" : "_" + column);
        int units = embeddings.units().get(column);
        int row = (int) x[numbers + column];
        // [categories, units]
        System.arraycopy(arrays.get(name).values(), units * row, joined, next, units);
        next += units;
      }
      return joined;
    }
  }

  /** Returns x W + b, with W of [x.length, b.length]. */
  private static double[] times(double[] x, double[] w, double[] b) {
    double[] sums = b.clone();
    for (int i = 0; i < x.length; i++) {
      for (int u = 0; u < b.length; u++) {
        sums[u] += x[i] * w[i * b.length + u];
      }
    }
    return sums;
  }

  private static double[] activate(Activation activation, double[] sums) {
    if (activation == Activation.SOFTMAX) {
      double[] powers = Arrays.stream(sums).map(Math::exp).toArray();
      double sum = Arrays.stream(powers).sum();
      return Arrays.stream(powers).map(power -> power / sum).toArray();
    }
    return Arrays.stream(sums)
        .map(
            x ->
                switch (activation) {
                  case RELU -> Math.max(0, x);
                  case TANH -> Math.tanh(x);
                  case SIGMOID -> sigmoid(x);
                  case LINEAR -> x;
                  default -> throw new IllegalArgumentException(activation.toString());
                })
        .toArray();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private double[] convolve(int number, Conv2D conv, double[] x, Shape.Image in, Shape.Image out) {
    double[] w = array("W", number); // [height, width, channels, filters]
    double[] b = array("b", number);
    Size kernel = conv.kernel();
    boolean same = conv.padding() == Padding.SAME;
    int top =
        same ? padding(in.height(), out.height(), kernel.height(), conv.strides().height()) : 0;
    int left = same ? padding(in.width(), out.width(), kernel.width(), conv.strides().width()) : 0;
    double[] sums = new double[out.count()];
    for (int i = 0; i < sums.length; i++) {
      int filter = i % out.channels();
      int column = i / out.channels() % out.width() * conv.strides().width() - left;
      int row = i / out.channels() / out.width() * conv.strides().height() - top;
      sums[i] = b[filter];
      for (int k = 0; k < w.length / out.channels(); k++) {
        int channel = k % in.channels();
        int c = column + k / in.channels() % kernel.width();
        int r = row + k / in.channels() / kernel.width();
        if (r >= 0 && r < in.height() && c >= 0 && c < in.width()) {
          sums[i] +=
              x[(r * in.width() + c) * in.channels() + channel] * w[k * out.channels() + filter];
        }
      }
    }
    return sums;
  }

  private static int padding(int size, int steps, int window, int stride) {
    return Math.max(0, (steps - 1) * stride + window - size) / 2;
  }

  private static double[] pool(
      double[] x, Shape.Image in, Shape.Image out, Size pool, Size strides, boolean isMax) {
    double[] pooled = new double[out.count()];
    for (int i = 0; i < pooled.length; i++) {
      int channel = i % out.channels();
      int column = i / out.channels() % out.width() * strides.width();
      int row = i / out.channels() / out.width() * strides.height();
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int r = row; r < row + pool.height(); r++) {
        for (int c = column; c < column + pool.width(); c++) {
          double pixel = x[(r * in.width() + c) * in.channels() + channel];
          max = Math.max(max, pixel);
          sum += pixel;
        }
      }
      pooled[i] = isMax ? max : sum / (pool.height() * pool.width());
    }
    return pooled;
  }

  private double[] normalize(int number, BatchNormalization settings, double[] x) {
    double[] gamma = array("gamma", number);
    double[] beta = array("beta", number);
    double[] mean = array("mean", number);
    double[] variance = array("variance", number);
    double[] normalized = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i % gamma.length;
      normalized[i] =
          gamma[c] * (x[i] - mean[c]) / Math.sqrt(variance[c] + settings.epsilon()) + beta[c];
    }
    return normalized;
  }

  private double[] lstm(int number, Lstm lstm, double[] x, Shape.Sequence in) {
    int units = lstm.units();
    double[] h = new double[units];
    double[] c = new double[units];
    double[] outputs = new double[in.steps() * units];
    for (int step = 0; step < in.steps(); step++) {
      double[] z = sums(number, x, in, step, h);
      for (int u = 0; u < units; u++) {
        double input = sigmoid(z[u]);
        double forget = sigmoid(z[units + u]);
        double output = sigmoid(z[3 * units + u]);
        c[u] = forget * c[u] + input * Math.tanh(z[2 * units + u]);
        h[u] = output * Math.tanh(c[u]);
      }
      System.arraycopy(h, 0, outputs, step * units, units);
    }
    return lstm.returnSequences() ? outputs : h;
  }

  private double[] rnn(int number, SimpleRnn rnn, double[] x, Shape.Sequence in) {
    double[] h = new double[rnn.units()];
    double[] outputs = new double[in.steps() * rnn.units()];
    for (int step = 0; step < in.steps(); step++) {
      h = activate(rnn.activation(), sums(number, x, in, step, h));
      System.arraycopy(h, 0, outputs, step * h.length, h.length);
    }
    return rnn.returnSequences() ? outputs : h;
  }

  /** Returns x W + h R + b, with x of one step. */
  private double[] sums(int number, double[] x, Shape.Sequence in, int step, double[] h) {
    double[] features = Arrays.copyOfRange(x, step * in.features(), (step + 1) * in.features());
    return times(h, array("R", number), times(features, array("W", number), array("b", number)));
  }
}
