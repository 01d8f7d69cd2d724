package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.Dataset;
import io.meanfield.data.Targets;
import io.meanfield.data.column.TargetRule;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.network.layers.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The network that follows from a data set: the last layer and the loss, the first layers, which
 * embed and encode columns, and the input.
 */
final class DerivedNetwork {
  static final String LAYERS = "network.layers";
  static final String HIDDEN_LAYERS = "network.hidden-layers";
  static final String LOSS = "network.loss";
  static final String QUANTILE = "network.quantile";

  // A column with more labels is likely a number to predict.
  private static final int MOST_CLASSES = TargetRule.MOST_CLASSES;

  /** The last layer, and the loss. */
  private record Outputs(int units, Activation activation, Loss.Kind loss) {}

  private final NetworkSettings network; // of the given settings
  private final Dataset data;

  private DerivedNetwork(NetworkSettings network, Dataset data) {
    this.network = network;
    this.data = data;
  }

  /**
   * Returns settings with what they do not set of the network.
   *
   * @param network that they describe
   * @throws UserException if the layers accept no shape, or are for other columns
   */
  static Config complete(Config settings, NetworkSettings network, Dataset data) {
    return new DerivedNetwork(network, data).complete(settings);
  }

  private Config complete(Config given) {
    return withInput(withEncodings(given.hasPath(LAYERS) ? given : withOutputs(given)));
  }

  private Config withOutputs(Config given) {
    Outputs outputs = outputs(given.hasPath(LOSS) ? Optional.of(network.loss()) : Optional.empty());
    List<Object> layers = new ArrayList<>();
    given.getList(HIDDEN_LAYERS).forEach(each -> layers.add(LayerTypes.hidden(each)));
    layers.add(Map.of("dense", outputs.units(), "activation", lowerCase(outputs.activation())));
    return given
        .withValue(
            LAYERS, ConfigValueFactory.fromIterable(layers, "derived from " + data.display()))
        .withValue(LOSS, ConfigValueFactory.fromAnyRef(lowerCase(outputs.loss())));
  }

  private static String lowerCase(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Derives the outputs from the labels or targets. Two classes: one sigmoid unit. More classes:
   * softmax. Several columns of 0 and 1: sigmoid units. Other numbers, and examples without labels:
   * linear units. Reads every label of images, and every target of several.
   *
   * @param loss the loss that the settings name; empty to derive it
   * @throws UserException if the labels have one class only, or too many
   */
  private Outputs outputs(Optional<Loss> loss) {
    if (!data.isLabelled()) {
      return new Outputs(1, Activation.LINEAR, Loss.Kind.MSE);
    }
    int classes = data.targetKind().isClass() ? classes() : 0;
    Activation activation =
        loss.map(given -> given.requiredActivation().orElse(Activation.LINEAR))
            .orElseGet(() -> activation(classes));
    Loss.Kind kind = loss.map(Loss::kind).orElseGet(() -> kind(activation));
    if (classes == 0) {
      return new Outputs(data.targetKind().width(), activation, kind);
    }
    boolean isBinary = classes == 2 && activation != Activation.SOFTMAX;
    return new Outputs(isBinary ? 1 : classes, activation, kind);
  }

  private Activation activation(int classes) {
    if (classes > 0) {
      return classes == 2 ? Activation.SIGMOID : Activation.SOFTMAX;
    }
    return data.targetKind().width() > 1 && areBinary() ? Activation.SIGMOID : Activation.LINEAR;
  }

  private static Loss.Kind kind(Activation activation) {
    return switch (activation) {
      case SOFTMAX -> Loss.Kind.CATEGORICAL_CROSSENTROPY;
      case SIGMOID -> Loss.Kind.BINARY_CROSSENTROPY;
      case RELU, LEAKY_RELU, ELU, GELU, MISH, SELU, TANH, LINEAR -> Loss.Kind.MSE;
    };
  }

  private boolean areBinary() {
    return data.blocks()
        .filter(
            block ->
                block.targets() instanceof Targets.Values targets
                    && IntStream.range(0, targets.values().length)
                        .anyMatch(i -> targets.values()[i] != 0 && targets.values()[i] != 1))
        .isEmpty();
  }

  private int classes() {
    int classes = data.findings().classes().orElseGet(() -> largestLabel() + 1);
    if (classes < 2) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s has labels of 1 class, expected 2 to %s; the label needs two different values",
          data.display(),
          MOST_CLASSES);
    }
    if (classes > MOST_CLASSES) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s has labels of %s classes, expected 2 to %s; for numbers to predict, set"
              + " data.columns.targets instead of data.columns.label (MeanfieldRegressor in Spark"
              + " ML), or name the last layer in network.layers",
          data.display(),
          classes,
          MOST_CLASSES);
    }
    return classes;
  }

  private int largestLabel() {
    return data.blocks()
        .map(
            block ->
                block.targets() instanceof Targets.Classes classes
                    ? IntStream.of(classes.labels()).max().orElse(0)
                    : 0)
        .reduce(Math::max);
  }

  private Config withEncodings(Config given) {
    List<Layer> added = EncodingLayers.of(data);
    List<Layer> first = network.layers().stream().limit(added.size()).toList();
    return added.equals(first)
        ? given
        : given.withValue(LAYERS, EncodingLayers.before(given.getList(LAYERS), added, data));
  }

  private Config withInput(Config given) {
    if (network.isInputKnown()) {
      return given;
    }
    List<List<Integer>> shapes = shapes();
    List<Integer> input =
        network.layers().isEmpty()
            ? shapes.get(0)
            : shapes.stream().filter(network::accepts).findFirst().orElse(shapes.get(0));
    return given.withValue(
        "network.input", ConfigValueFactory.fromIterable(input, "inferred from " + data.display()));
  }

  /**
   * Returns the shapes in which a network can take the examples, in the order of preference: a row
   * of numbers and, of images, [height, width, 1] and [height, width]. An image whose height is not
   * known counts as square if it can be.
   */
  private List<List<Integer>> shapes() {
    List<List<Integer>> shapes = new ArrayList<>();
    shapes.add(List.of(data.width()));
    if (data.hasImages()) {
      Shape.of(data.shape())
          .image()
          .ifPresent(
              image -> {
                shapes.add(image.dimensions());
                shapes.add(List.of(image.height(), image.width()));
              });
    }
    return shapes;
  }
}
