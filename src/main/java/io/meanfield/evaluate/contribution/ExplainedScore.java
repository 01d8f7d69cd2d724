package io.meanfield.evaluate.contribution;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.TaskType;
import java.io.Serializable;

/**
 * The number that contributions add up to: the prediction of a regression in the unit of its
 * target; the log-odds of class 1 of two classes, of the predicted class of more; the output for
 * the class if outputs are no probabilities.
 */
@DefaultSerializer(JavaSerializer.class)
public record ExplainedScore(OutputSpec outputs) implements Serializable {
  // The distance of the largest float below 1 from 1: nearer probabilities cannot be told apart.
  private static final double LEAST = 0x1p-24;

  /** Throws unless the outputs for a row are one number, or tell one class. */
  public ExplainedScore {
    if (!isPossible(outputs)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "contributions explain one number or one class, but the model predicts %s %s; expected a"
              + " model with one target or one label",
          outputs.width(),
          outputs.taskType() == TaskType.MULTI_LABEL ? "labels" : "targets");
    }
  }

  /** Returns whether the outputs for a row are one number, or tell one class. */
  static boolean isPossible(OutputSpec outputs) {
    return outputs.isSingleLabel() || outputs.width() == 1;
  }

  /** Returns the class that is explained for a row; 0 in a regression. */
  int cls(float[] values, int offset) {
    if (!outputs.isSingleLabel()) {
      return 0;
    }
    return outputs.hasTwoClasses()
        ? 1
        : outputs.threshold().predictedClass(values, offset, outputs.width());
  }

  /** Returns the score of a class. */
  double of(float[] values, int offset, int cls) {
    int width = outputs.width();
    double own = values[offset + (width == 1 ? 0 : cls)];
    if (!outputs.hasClassProbabilities()) {
      return own;
    }
    double others = 0;
    for (int i = 0; i < width; i++) {
      others += i == cls ? 0 : values[offset + i];
    }
    return Math.log(Math.max(LEAST, own) / Math.max(LEAST, width == 1 ? 1 - own : others));
  }

  /** Returns what the score is, in words. */
  public String words() {
    if (!outputs.hasClassProbabilities()) {
      return outputs.isSingleLabel() ? "output" : "prediction";
    }
    return "log-odds";
  }

  /** Returns the probability of log-odds. */
  public static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }
}
