package io.meanfield.network;

/**
 * The kind of task of a network. It follows from the loss, the number of outputs, and whether the
 * targets are classes or numbers. It determines which outputs are correct, and so the accuracy.
 */
public enum TaskType {
  /** One output: class 1 from 0.5 on, class 0 below. */
  BINARY,
  /** One output for each class: the largest output is the predicted class. */
  MULTI_CLASS,
  /**
   * One output for each label. An example can have any number of labels; a prediction is correct
   * only if all labels are correct.
   */
  MULTI_LABEL,
  /** Numbers: an output has an error, but is not correct or wrong. */
  REGRESSION;

  /** The smallest value of a binary output or target that is positive. */
  public static final float THRESHOLD = 0.5f;

  /** Returns the task of a network whose examples each have one class, for every loss. */
  public static TaskType ofClasses(int outputs) {
    return outputs == 1 ? BINARY : MULTI_CLASS;
  }

  /** Returns the task of a network whose examples have a number for each output. */
  public static TaskType ofNumbers(Loss loss, int outputs) {
    return switch (loss.kind()) {
      case CATEGORICAL_CROSSENTROPY -> MULTI_CLASS; // one-hot, or a distribution
      case BINARY_CROSSENTROPY -> outputs == 1 ? BINARY : MULTI_LABEL;
      case MSE, MAE, HUBER, PINBALL -> REGRESSION;
    };
  }

  /** Returns whether outputs are correct or wrong, so that there is an accuracy. */
  public boolean hasAccuracy() {
    return this != REGRESSION;
  }

  /** Returns whether each example belongs to exactly one class. */
  public boolean isSingleLabel() {
    return this == BINARY || this == MULTI_CLASS;
  }

  /**
   * Returns the loss that is the log loss of a task with one class for each example: -ln of the
   * probability of the true class.
   */
  public Loss logLoss() {
    return this == BINARY ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
  }

  /** Returns how many classes a network with this number of outputs distinguishes. */
  public static int classes(int outputs) {
    return Math.max(outputs, 2);
  }

  /** Returns whether the value of a binary output or target is positive: at least 0.5. */
  public static boolean isPositive(float value) {
    return value >= THRESHOLD;
  }

  /**
   * Returns the position, from 0, of the largest of the {@code count} numbers from {@code offset}
   * on; of equal numbers, the first.
   */
  private static int argmax(float[] numbers, int offset, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (numbers[offset + i] > numbers[offset + largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /**
   * Returns the class of one example, from 0, that its {@code width} outputs or targets from {@code
   * offset} on give.
   */
  public static int predictedClass(float[] values, int offset, int width) {
    return width == 1 ? (isPositive(values[offset]) ? 1 : 0) : argmax(values, offset, width);
  }

  /**
   * Returns whether the outputs of one example, {@code width} from {@code offset} on, agree with
   * its targets at the same indices.
   *
   * @throws IllegalStateException if the task is a {@link #REGRESSION}
   */
  public boolean isCorrect(float[] outputs, float[] targets, int offset, int width) {
    return switch (this) {
      case MULTI_CLASS -> argmax(outputs, offset, width) == argmax(targets, offset, width);
      case BINARY, MULTI_LABEL -> agree(outputs, targets, offset, width);
      case REGRESSION ->
          throw new IllegalStateException("a regression has no correct or wrong outputs");
    };
  }

  private static boolean agree(float[] outputs, float[] targets, int offset, int width) {
    for (int i = offset; i < offset + width; i++) {
      if (isPositive(outputs[i]) != isPositive(targets[i])) {
        return false;
      }
    }
    return true;
  }
}
