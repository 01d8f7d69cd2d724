package io.meanfield.train.history;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.metric.Direction;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The metric by which epochs are compared, as Keras' {@code monitor}.
 *
 * @param metric {@code loss}, or a metric of table {@code evaluation}, which is computed on the
 *     validation examples after every epoch
 * @param direction which of two values is better
 */
@DefaultSerializer(JavaSerializer.class)
public record Monitor(String metric, Direction direction) implements Serializable {
  /** The setting that names the metric. */
  public static final String KEY = "train.early-stopping.monitor";

  /** The validation loss, or the training loss if there are no validation examples. */
  public static final Monitor LOSS = new Monitor("loss", Direction.SMALLER_IS_BETTER);

  /** Returns whether the metric is the loss, which is always computed. */
  public boolean isLoss() {
    return equals(LOSS);
  }

  /** Returns the value of an epoch that trained the network. */
  public double value(EpochResult epoch) {
    return isLoss() ? epoch.monitoredLoss() : epoch.scores().monitored().orElseThrow();
  }

  /** Returns whether an epoch is better than another. */
  boolean isBetter(EpochResult epoch, EpochResult other) {
    // Not the difference, whose bits would not be those of Keras.
    return switch (direction) {
      case SMALLER_IS_BETTER -> value(epoch) < value(other);
      case LARGER_IS_BETTER -> value(epoch) > value(other);
    };
  }

  /**
   * Returns the value of an evaluation of the validation examples.
   *
   * @throws UserException if the validation examples leave it undefined
   */
  public double value(Evaluation validation) {
    return validation
        .value(metric)
        .orElseThrow(
            () ->
                wrong(
                    String.format(
                        Locale.ROOT,
                        "which is undefined for the %s validation examples, because all of them"
                            + " that have a weight above 0 have the same target; raise"
                            + " data.validation-fraction or monitor the loss",
                        validation.examples())));
  }

  /**
   * Throws unless the metric can be computed after every epoch.
   *
   * @param validation the number of validation examples
   * @throws UserException that names the metrics of the task, or the reason why it has none
   */
  public void requirePossible(OutputSpec outputs, long validation) {
    if (isLoss()) {
      return;
    }
    if (!Metrics.names(outputs).contains(metric)) {
      throw wrong(
          "which this task does not have; choose one of loss, %s"
              .formatted(String.join(", ", Metrics.names(outputs))));
    }
    if (validation == 0) {
      throw wrong(
          "but there are no validation examples; raise data.validation-fraction or monitor the"
              + " loss");
    }
  }

  private UserException wrong(String reason) {
    return UserException.of(ErrorCode.WRONG_SETTINGS, "%s is %s, %s", KEY, metric, reason);
  }

  static Monitor read(Section earlyStopping) {
    Map<String, Monitor> choices = new LinkedHashMap<>();
    choices.put(LOSS.metric(), LOSS);
    Metrics.directions()
        .forEach((metric, direction) -> choices.put(metric, new Monitor(metric, direction)));
    return earlyStopping.choice("monitor", choices);
  }
}
