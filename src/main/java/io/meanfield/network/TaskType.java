package io.meanfield.network;

/**
 * The kind of task of a network; follows from its loss, the number of its outputs, and whether the
 * targets are classes or numbers. Determines which outputs are correct, and so the accuracy.
 */
public enum TaskType {
  /** One output: class 1 from 0.5 on, class 0 below. */
  BINARY,
  /** One output for each class: the largest names it. */
  MULTI_CLASS,
  /** One output for each label, any number of which may hold; correct only if all are correct. */
  MULTI_LABEL,
  /** Numbers, which have errors but are not correct or wrong. */
  REGRESSION;

  private static final float THRESHOLD = 0.5f;

  /** Returns the task of a network whose examples each have one class, for every loss. */
  public static TaskType ofClasses(int outputs) {
    return outputs == 1 ? BINARY : MULTI_CLASS;
  }

  /** Returns the task of a network whose examples have a number for each output. */
  public static TaskType ofNumbers(Loss loss, int outputs) {
    return switch (loss) {
      case CATEGORICAL_CROSSENTROPY -> MULTI_CLASS; // one-hot, or a distribution
      case BINARY_CROSSENTROPY -> outputs == 1 ? BINARY : MULTI_LABEL;
      case MSE, MAE -> REGRESSION;
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

  /** The loss that is the log loss of this task: -ln of the actual class' probability. */
  public Loss logLoss() {
    return this == BINARY ? Loss.BINARY_CROSSENTROPY : Loss.CATEGORICAL_CROSSENTROPY;
  }

  /** How many classes a network with so many outputs tells apart. */
  public static int classes(int outputs) {
    return Math.max(outputs, 2);
  }

  /** Whether a value means yes, for an output that stands for yes or no. */
  public static boolean isPositive(float value) {
    return value >= THRESHOLD;
  }

  /**
   * The position of the largest of {@code count} numbers from {@code offset} on; the first of
   * equals.
   */
  public static int argmax(float[] numbers, int offset, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (numbers[offset + i] > numbers[offset + largest]) {
        largest = i;
      }
    }
    return largest;
  }

  /** The class that {@code width} outputs, or targets, from {@code offset} on stand for. */
  public static int predictedClass(float[] values, int offset, int width) {
    return width == 1 ? (isPositive(values[offset]) ? 1 : 0) : argmax(values, offset, width);
  }

  /**
   * Whether the outputs of one example, {@code width} from {@code offset} on, are what its targets
   * ask for; not for a {@link #REGRESSION}.
   */
  public boolean isCorrect(float[] outputs, float[] targets, int offset, int width) {
    return switch (this) {
      case MULTI_CLASS -> argmax(outputs, offset, width) == argmax(targets, offset, width);
      case BINARY, MULTI_LABEL -> agree(outputs, targets, offset, width);
      case REGRESSION -> throw new IllegalStateException("a regression is neither right nor wrong");
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
