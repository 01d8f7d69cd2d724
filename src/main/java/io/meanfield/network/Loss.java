package io.meanfield.network;

import java.util.function.DoubleUnaryOperator;

/**
 * Loss functions, by Keras' names and with Keras' values: the mean over the outputs of one example.
 */
public enum Loss {
  CATEGORICAL_CROSSENTROPY {
    @Override
    public double of(float[] outputs, int offset, int classes, int label) {
      return -Math.log(clip(outputs[offset + label]));
    }
  },
  BINARY_CROSSENTROPY {
    @Override
    public double of(float[] outputs, int offset, int classes, int label) {
      return meanOver(
          outputs, offset, classes, label, p -> -Math.log(clip(p)), p -> -Math.log(clip(1 - p)));
    }
  },
  MSE {
    @Override
    public double of(float[] outputs, int offset, int classes, int label) {
      return meanOver(outputs, offset, classes, label, y -> (y - 1) * (y - 1), y -> y * y);
    }
  },
  MAE {
    @Override
    public double of(float[] outputs, int offset, int classes, int label) {
      return meanOver(outputs, offset, classes, label, y -> Math.abs(y - 1), Math::abs);
    }
  };

  // Keras' epsilon: a probability of 0 costs 16.1, not infinity.
  private static final double EPSILON = 1e-7;

  /**
   * The loss of one example against its one-hot label.
   *
   * @param outputs of the network; this example's are the {@code classes} from {@code offset} on
   */
  public abstract double of(float[] outputs, int offset, int classes, int label);

  /** Whether a network that is trained with this loss has probabilities for outputs. */
  public boolean givesProbabilities() {
    return this != MSE && this != MAE;
  }

  /** Whether this loss is the log loss: -ln of the actual class' probability. */
  public boolean isLogLoss() {
    return this == CATEGORICAL_CROSSENTROPY;
  }

  private static double clip(double probability) {
    return Math.min(Math.max(probability, EPSILON), 1 - EPSILON);
  }

  private static double meanOver(
      float[] outputs,
      int offset,
      int classes,
      int label,
      DoubleUnaryOperator one,
      DoubleUnaryOperator zero) {
    double sum = 0;
    for (int output = 0; output < classes; output++) {
      DoubleUnaryOperator term = output == label ? one : zero;
      sum += term.applyAsDouble(outputs[offset + output]);
    }
    return sum / classes;
  }
}
