package io.meanfield.network.keras;

import io.meanfield.network.Layer;
import io.meanfield.network.Layer.Lstm;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Parameter;
import io.meanfield.network.Parameter.Kind;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The arrays that Keras' {@code get_weights()} returns for a network, and where each of their
 * numbers lies in the flat weights of {@link ParameterLayout}. Keras differs in three things
 * besides the order of dimensions: images become rows pixel by pixel where DL4J and LibTorch go
 * channel by channel, an LSTM's blocks of units are input gate, forget gate, candidate, output
 * gate, and a batch normalisation keeps a variance.
 */
public final class KerasLayout {
  // Keras' blocks among DL4J's: candidate, forget gate, output gate, input gate.
  private static final int[] LSTM_BLOCKS = {3, 1, 0, 2};
  private static final IntUnaryOperator SAME = IntUnaryOperator.identity();

  private final List<KerasArray> arrays = new ArrayList<>();
  private final ParameterLayout layout;

  private KerasLayout(ParameterLayout layout) {
    this.layout = layout;
  }

  public static KerasLayout of(NetworkSettings network) {
    KerasLayout keras = new KerasLayout(ParameterLayout.of(network));
    List<Shape> shapes = network.shapes();
    IntUnaryOperator row = SAME;
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      keras.add(i, layer, row);
      row = outputRowOrder(i, layer, shapes.get(i), row);
    }
    return keras;
  }

  // From Keras' place of a number in a row to ours. An input that is flattened at once is as it
  // lies in the data, which is Keras' order.
  private static IntUnaryOperator outputRowOrder(
      int number, Layer layer, Shape input, IntUnaryOperator row) {
    if (layer instanceof Layer.Flatten && input instanceof Shape.Image image) {
      return number == 0 ? SAME : channelByChannel(image);
    }
    boolean keepsPlaces =
        layer instanceof Layer.Flatten
            || layer instanceof Layer.Dropout
            || layer instanceof Layer.BatchNormalization;
    return keepsPlaces ? row : SAME;
  }

  private static IntUnaryOperator channelByChannel(Shape.Image image) {
    int pixels = image.height() * image.width();
    return place -> place % image.channels() * pixels + place / image.channels();
  }

  private void add(int number, Layer layer, IntUnaryOperator row) {
    layout.of(number).stream()
        .sorted(Comparator.comparing(Parameter::kind)) // Keras' order of a layer's arrays
        .forEach(parameter -> arrays.add(array(parameter, layer, row)));
  }

  private static KerasArray array(Parameter parameter, Layer layer, IntUnaryOperator row) {
    IntUnaryOperator unit = layer instanceof Lstm lstm ? lstmUnit(lstm.units()) : SAME;
    return switch (parameter.shape().size()) {
      case 4 -> filters(parameter);
      case 2 -> matrix(parameter, parameter.kind() == Kind.KERNEL ? row : SAME, unit);
      default -> vector(parameter, isOfInputs(parameter, layer) ? row : unit);
    };
  }

  private static boolean isOfInputs(Parameter parameter, Layer layer) {
    return layer instanceof Layer.BatchNormalization
        || parameter.kind() == Kind.RECONSTRUCTION_BIAS;
  }

  private static IntUnaryOperator lstmUnit(int units) {
    return unit -> LSTM_BLOCKS[unit / units] * units + unit % units;
  }

  private static KerasArray vector(Parameter parameter, IntUnaryOperator place) {
    return new KerasArray(
        parameter, parameter.shape(), i -> parameter.offset() + place.applyAsInt(i));
  }

  // Ours run down the columns.
  private static KerasArray matrix(
      Parameter parameter, IntUnaryOperator row, IntUnaryOperator column) {
    int rows = parameter.shape().get(0);
    int columns = parameter.shape().get(1);
    return new KerasArray(
        parameter,
        parameter.shape(),
        i ->
            parameter.offset()
                + column.applyAsInt(i % columns) * rows
                + row.applyAsInt(i / columns));
  }

  // Ours are [filters, channels, height, width], Keras' [height, width, channels, filters].
  private static KerasArray filters(Parameter parameter) {
    List<Integer> ours = parameter.shape();
    int filters = ours.get(0);
    int channels = ours.get(1);
    int window = ours.get(2) * ours.get(3);
    return new KerasArray(
        parameter,
        List.of(ours.get(2), ours.get(3), channels, filters),
        i -> {
          int filter = i % filters;
          int channel = i / filters % channels;
          int pixel = i / filters / channels;
          return parameter.offset() + (filter * channels + channel) * window + pixel;
        });
  }

  /** In the order of {@code get_weights()}. */
  public List<KerasArray> arrays() {
    return List.copyOf(arrays);
  }

  /** How many weights there are. */
  int size() {
    return layout.size();
  }
}
