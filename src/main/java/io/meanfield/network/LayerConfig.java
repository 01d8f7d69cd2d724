package io.meanfield.network;

import io.meanfield.network.Layer.Autoencoder;
import io.meanfield.network.Layer.AveragePooling2D;
import io.meanfield.network.Layer.BatchNormalization;
import io.meanfield.network.Layer.Conv2D;
import io.meanfield.network.Layer.Dense;
import io.meanfield.network.Layer.Dropout;
import io.meanfield.network.Layer.Flatten;
import io.meanfield.network.Layer.Lstm;
import io.meanfield.network.Layer.MaxPooling2D;
import io.meanfield.network.Layer.Padding;
import io.meanfield.network.Layer.SimpleRnn;
import io.meanfield.network.Layer.Size;
import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Layers as they stand in settings and model files: an object whose first key is the layer. */
final class LayerConfig {
  private static final String DENSE = "dense";
  private static final String AUTOENCODER = "autoencoder";
  private static final String CONV = "conv2d";
  private static final String MAX_POOLING = "max-pooling2d";
  private static final String AVERAGE_POOLING = "average-pooling2d";
  private static final String FLATTEN = "flatten";
  private static final String DROPOUT = "dropout";
  private static final String BATCH_NORMALIZATION = "batch-normalization";
  private static final String LSTM = "lstm";
  private static final String SIMPLE_RNN = "simple-rnn";
  private static final Size ONE = new Size(1, 1);

  private LayerConfig() {}

  static Layer read(Section layer) {
    String word =
        layer
            .oneOf(
                DENSE,
                AUTOENCODER,
                CONV,
                MAX_POOLING,
                AVERAGE_POOLING,
                FLATTEN,
                DROPOUT,
                BATCH_NORMALIZATION,
                LSTM,
                SIMPLE_RNN)
            .orElse(FLATTEN);
    return switch (word) {
      case DENSE -> new Dense(layer.integer(DENSE, 1), activation(layer), l2(layer));
      case AUTOENCODER ->
          new Autoencoder(
              layer.integer(AUTOENCODER, 1),
              activationOfEach(layer, AUTOENCODER),
              layer.number("corruption", c -> c >= 0 && c < 1, RATE, 0.3));
      case CONV ->
          new Conv2D(
              layer.integer(CONV, 1),
              size(layer, "kernel"),
              layer.has("strides") ? size(layer, "strides") : ONE,
              layer.has("padding") ? layer.choice("padding", Padding.class) : Padding.VALID,
              activationOfEach(layer, CONV),
              l2(layer));
      case MAX_POOLING -> new MaxPooling2D(size(layer, MAX_POOLING), strides(layer, MAX_POOLING));
      case AVERAGE_POOLING ->
          new AveragePooling2D(size(layer, AVERAGE_POOLING), strides(layer, AVERAGE_POOLING));
      case DROPOUT -> new Dropout(layer.requiredNumber(DROPOUT, r -> r >= 0 && r < 1, RATE, 0));
      case BATCH_NORMALIZATION -> {
        layer.requireTrue(BATCH_NORMALIZATION);
        yield new BatchNormalization(
            layer.number("momentum", m -> m >= 0 && m < 1, RATE, 0.99),
            layer.number("epsilon", e -> e > 0 && e < 1, "above 0 and below 1", 0.001));
      }
      case LSTM -> new Lstm(layer.integer(LSTM, 1), layer.bool("return-sequences"), l2(layer));
      case SIMPLE_RNN ->
          new SimpleRnn(
              layer.integer(SIMPLE_RNN, 1),
              layer.has("activation") ? activation(layer) : Activation.TANH,
              layer.bool("return-sequences"),
              l2(layer));
      default -> {
        if (layer.has(FLATTEN)) {
          layer.requireTrue(FLATTEN);
        }
        yield new Flatten();
      }
    };
  }

  private static final String RATE = "at least 0 and below 1";

  private static Activation activation(Section layer) {
    return layer.choice("activation", Activation.class);
  }

  /** One that works on each number by itself: of an image, DL4J's softmax sums along its rows. */
  private static Activation activationOfEach(Section layer, String word) {
    Activation activation = activation(layer);
    if (activation == Activation.SOFTMAX) {
      layer.invalid("activation", "another one than softmax in " + word);
    }
    return activation;
  }

  private static double l2(Section layer) {
    return layer.number("l2", l2 -> l2 >= 0 && l2 < 1e6, "at least 0", 0);
  }

  /** Keras: a window's stride is the window unless it is said. */
  private static Size strides(Section layer, String window) {
    return size(layer, layer.has("strides") ? "strides" : window);
  }

  private static Size size(Section layer, String key) {
    List<Integer> numbers = layer.integers(key, 1);
    if (numbers.size() > 2) {
      layer.invalid(key, "[height, width]");
    }
    return new Size(numbers.get(0), numbers.get(numbers.size() > 1 ? 1 : 0));
  }

  /** What {@link #read} reads. */
  static Map<String, Object> write(Layer layer) {
    Map<String, Object> words = new LinkedHashMap<>();
    if (layer instanceof Dense dense) {
      words.put(DENSE, dense.units());
      words.put("activation", configValue(dense.activation()));
      words.put("l2", dense.l2());
    } else if (layer instanceof Autoencoder autoencoder) {
      words.put(AUTOENCODER, autoencoder.units());
      words.put("activation", configValue(autoencoder.activation()));
      words.put("corruption", autoencoder.corruption());
    } else if (layer instanceof Conv2D conv) {
      words.put(CONV, conv.filters());
      words.put("kernel", list(conv.kernel()));
      words.put("strides", list(conv.strides()));
      words.put("padding", configValue(conv.padding()));
      words.put("activation", configValue(conv.activation()));
      words.put("l2", conv.l2());
    } else if (layer instanceof MaxPooling2D pooling) {
      words.put(MAX_POOLING, list(pooling.pool()));
      words.put("strides", list(pooling.strides()));
    } else if (layer instanceof AveragePooling2D pooling) {
      words.put(AVERAGE_POOLING, list(pooling.pool()));
      words.put("strides", list(pooling.strides()));
    } else if (layer instanceof Flatten) {
      words.put(FLATTEN, true);
    } else if (layer instanceof Dropout dropout) {
      words.put(DROPOUT, dropout.rate());
    } else if (layer instanceof BatchNormalization normalization) {
      words.put(BATCH_NORMALIZATION, true);
      words.put("momentum", normalization.momentum());
      words.put("epsilon", normalization.epsilon());
    } else if (layer instanceof Lstm lstm) {
      words.put(LSTM, lstm.units());
      words.put("return-sequences", lstm.returnSequences());
      words.put("l2", lstm.l2());
    } else if (layer instanceof SimpleRnn rnn) {
      words.put(SIMPLE_RNN, rnn.units());
      words.put("activation", configValue(rnn.activation()));
      words.put("return-sequences", rnn.returnSequences());
      words.put("l2", rnn.l2());
    }
    return words;
  }

  /** What {@link #write} writes, for a person: such as {@code dense = 64, activation = relu}. */
  static String display(Layer layer) {
    return write(layer).entrySet().stream()
        .filter(word -> !(word.getKey().equals("l2") && layer.l2() == 0))
        .map(word -> word.getKey() + " = " + word.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String configValue(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<Integer> list(Size size) {
    return List.of(size.height(), size.width());
  }
}
