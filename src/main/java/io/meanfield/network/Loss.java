package io.meanfield.network;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A loss function with Keras' name and value. The loss of one example is the mean over its outputs;
 * {@link #CATEGORICAL_CROSSENTROPY} is the sum.
 *
 * @param quantile of the targets that {@link Kind#PINBALL} estimates, between 0 and 1; that of the
 *     other losses is not used
 */
public record Loss(Kind kind, double quantile) implements Serializable {
  public static final Loss CATEGORICAL_CROSSENTROPY = of(Kind.CATEGORICAL_CROSSENTROPY);
  public static final Loss BINARY_CROSSENTROPY = of(Kind.BINARY_CROSSENTROPY);
  public static final Loss MSE = of(Kind.MSE);
  public static final Loss MAE = of(Kind.MAE);
  public static final Loss HUBER = of(Kind.HUBER);

  /** The error from which huber is linear, as in Keras. */
  public static final double HUBER_DELTA = 1;

  /**
   * The distance of probabilities from 0 and 1, Keras' epsilon: the loss of a probability of 0 is
   * 16.1, not infinity.
   */
  public static final double EPSILON = 1e-7;

  /** The functions. */
  public enum Kind {
    CATEGORICAL_CROSSENTROPY,
    BINARY_CROSSENTROPY,
    MSE,
    MAE,
    /** Huber 1964, "Robust Estimation of a Location Parameter". */
    HUBER,
    /**
     * The quantile q of the targets has the smallest one: q times the distance of a target above
     * its output, 1 - q times that of a target below (Koenker and Bassett 1978, "Regression
     * Quantiles").
     */
    PINBALL
  }

  private static final String QUANTILE = "quantile";
  private static final double MEDIAN = 0.5;

  /** Returns the loss of a kind; the pinball loss of the median. */
  public static Loss of(Kind kind) {
    return new Loss(kind, MEDIAN);
  }

  /** The names of the losses in settings. */
  enum Name {
    CATEGORICAL_CROSSENTROPY(Kind.CATEGORICAL_CROSSENTROPY),
    /**
     * An alias: Keras has one loss for one-hot targets and one for labels; here the data determine
     * the form of the targets.
     */
    SPARSE_CATEGORICAL_CROSSENTROPY(Kind.CATEGORICAL_CROSSENTROPY),
    BINARY_CROSSENTROPY(Kind.BINARY_CROSSENTROPY),
    MSE(Kind.MSE),
    MAE(Kind.MAE),
    HUBER(Kind.HUBER),
    PINBALL(Kind.PINBALL);

    private final Kind kind;

    Name(Kind kind) {
      this.kind = kind;
    }
  }

  /**
   * Reads {@code network.loss} and {@code network.quantile}. A wrong value becomes a problem of the
   * settings. If the loss is not set, the activation of the last layer determines it.
   */
  static Loss read(Section network, List<Layer> layers) {
    Kind kind = network.isSet("loss") ? network.choice("loss", Name.class).kind : of(layers);
    if (kind != Kind.PINBALL && network.isSet(QUANTILE)) {
      network.invalid(QUANTILE, "left out unless network.loss is pinball");
      return of(kind);
    }
    return new Loss(
        kind,
        network.optionalNumber(
            QUANTILE, number -> number > 0 && number < 1, "above 0 and below 1", MEDIAN));
  }

  /** Returns the settings that {@link #read} reads. */
  Map<String, Object> toSettings() {
    return kind == Kind.PINBALL ? Map.of("loss", id(), QUANTILE, quantile) : Map.of("loss", id());
  }

  private static Kind of(List<Layer> layers) {
    if (layers.isEmpty()) {
      return Kind.MSE;
    }
    Layer last = layers.get(layers.size() - 1);
    return switch (last.asDense().map(Dense::activation).orElse(Activation.LINEAR)) {
      case SOFTMAX -> Kind.CATEGORICAL_CROSSENTROPY;
      case SIGMOID -> Kind.BINARY_CROSSENTROPY;
      case RELU, LEAKY_RELU, ELU, GELU, MISH, SELU, TANH, LINEAR -> Kind.MSE;
    };
  }

  /** Returns the name in settings and model files. */
  public String id() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the loss of one example.
   *
   * @param outputs of the network; those of this example are the {@code width} numbers from {@code
   *     offset} on
   * @param targets at the same indices; a class is one-hot, or the number itself if there is one
   *     output
   */
  public double of(float[] outputs, float[] targets, int offset, int width) {
    return switch (kind) {
      case CATEGORICAL_CROSSENTROPY -> categorical(outputs, targets, offset, width);
      case BINARY_CROSSENTROPY -> binary(outputs, targets, offset, width) / width;
      case MSE, MAE, HUBER, PINBALL -> ofErrors(outputs, targets, offset, width) / width;
    };
  }

  private static double categorical(float[] outputs, float[] targets, int offset, int width) {
    double sum = 0;
    for (int i = offset; i < offset + width; i++) {
      // A target of 0 adds nothing to the loss, so its logarithm is not computed.
      sum += targets[i] == 0 ? 0 : -targets[i] * Math.log(clip(outputs[i]));
    }
    return sum;
  }

  private static double binary(float[] outputs, float[] targets, int offset, int width) {
    double sum = 0;
    for (int i = offset; i < offset + width; i++) {
      double t = targets[i];
      sum -= t == 0 ? 0 : t * Math.log(clip(outputs[i]));
      sum -= t == 1 ? 0 : (1 - t) * Math.log(clip(1.0 - outputs[i]));
    }
    return sum;
  }

  private double ofErrors(float[] outputs, float[] targets, int offset, int width) {
    double sum = 0;
    for (int i = offset; i < offset + width; i++) {
      sum += ofError((double) outputs[i] - targets[i]);
    }
    return sum;
  }

  private double ofError(double error) {
    double size = Math.abs(error);
    return switch (kind) {
      case MAE -> size;
      case HUBER ->
          size <= HUBER_DELTA ? error * error / 2 : HUBER_DELTA * (size - HUBER_DELTA / 2);
      case PINBALL -> size * (error < 0 ? quantile : 1 - quantile);
      case MSE, CATEGORICAL_CROSSENTROPY, BINARY_CROSSENTROPY -> error * error;
    };
  }

  /** Returns whether the outputs of a network that is trained with this loss are probabilities. */
  public boolean givesProbabilities() {
    return requiredActivation().isPresent();
  }

  /**
   * Returns the activation of the last layer that this loss requires; empty if every activation is
   * allowed. With the required activation, and targets that sum to 1 for softmax, the derivative of
   * the loss by the layer's sums is a multiple of {@code outputs - targets}.
   */
  public Optional<Activation> requiredActivation() {
    return switch (kind) {
      case CATEGORICAL_CROSSENTROPY -> Optional.of(Activation.SOFTMAX);
      case BINARY_CROSSENTROPY -> Optional.of(Activation.SIGMOID);
      case MSE, MAE, HUBER, PINBALL -> Optional.empty();
    };
  }

  /** Returns a probability that is at least {@link #EPSILON} away from 0 and 1. */
  public static double clip(double probability) {
    return Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
  }
}
