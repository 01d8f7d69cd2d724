package io.meanfield.pipeline.run;

import io.meanfield.data.Dataset;
import io.meanfield.data.Targets;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.layers.Activation;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The last layer and the loss of a network whose settings do not name them. Two classes: one
 * sigmoid unit. More classes: softmax. Several columns of 0 and 1: sigmoid units. Other numbers:
 * linear units.
 */
record DerivedOutputs(int units, Activation activation, Loss.Kind loss) {
  // A column with more labels is likely a number to predict.
  private static final int MOST_CLASSES = 1000;

  // Of examples that are shown without a model.
  private static final DerivedOutputs OF_UNLABELLED =
      new DerivedOutputs(1, Activation.LINEAR, Loss.Kind.MSE);

  /**
   * Derives the outputs from the labels or targets of a data set. Reads every label of images, and
   * every target of several. Examples without labels get one linear unit.
   *
   * @param loss the loss that the settings name; empty to derive it
   * @throws UserException if the labels have one class only, or too many
   */
  static DerivedOutputs of(Dataset data, Optional<Loss> loss) {
    if (!data.isLabelled()) {
      return OF_UNLABELLED;
    }
    int classes = data.targetKind().isClass() ? classes(data) : 0;
    Activation activation =
        loss.map(given -> given.requiredActivation().orElse(Activation.LINEAR))
            .orElseGet(() -> activation(data, classes));
    Loss.Kind kind = loss.map(Loss::kind).orElseGet(() -> kind(activation));
    if (classes == 0) {
      return new DerivedOutputs(data.targetKind().width(), activation, kind);
    }
    boolean isBinary = classes == 2 && activation != Activation.SOFTMAX;
    return new DerivedOutputs(isBinary ? 1 : classes, activation, kind);
  }

  private static Activation activation(Dataset data, int classes) {
    if (classes > 0) {
      return classes == 2 ? Activation.SIGMOID : Activation.SOFTMAX;
    }
    return data.targetKind().width() > 1 && areBinary(data)
        ? Activation.SIGMOID
        : Activation.LINEAR;
  }

  private static Loss.Kind kind(Activation activation) {
    return switch (activation) {
      case SOFTMAX -> Loss.Kind.CATEGORICAL_CROSSENTROPY;
      case SIGMOID -> Loss.Kind.BINARY_CROSSENTROPY;
      case RELU, LEAKY_RELU, ELU, GELU, MISH, SELU, TANH, LINEAR -> Loss.Kind.MSE;
    };
  }

  private static boolean areBinary(Dataset data) {
    return data.blocks()
        .filter(
            block ->
                block.targets() instanceof Targets.Values targets
                    && IntStream.range(0, targets.values().length)
                        .anyMatch(i -> targets.values()[i] != 0 && targets.values()[i] != 1))
        .isEmpty();
  }

  private static int classes(Dataset data) {
    int classes = data.findings().classes().orElseGet(() -> largestLabel(data) + 1);
    if (classes < 2 || classes > MOST_CLASSES) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          data.display()
              + " has labels of "
              + classes
              + (classes < 2 ? " class" : " classes")
              + ", expected 2 to "
              + MOST_CLASSES
              + "; for numbers to predict, set data.columns.targets instead of data.columns.label,"
              + " or name the last layer in network.layers");
    }
    return classes;
  }

  private static int largestLabel(Dataset data) {
    return data.blocks()
        .map(
            block ->
                block.targets() instanceof Targets.Classes classes
                    ? IntStream.of(classes.labels()).max().orElse(0)
                    : 0)
        .reduce(Math::max);
  }

  /** Returns the layer as in {@code network.layers}. */
  Map<String, Object> layer() {
    return Map.of("dense", units, "activation", activation.name().toLowerCase(Locale.ROOT));
  }

  /** Returns the loss as in {@code network.loss}. */
  String lossName() {
    return loss.name().toLowerCase(Locale.ROOT);
  }
}
