package io.meanfield.network;

/**
 * What a learner saw in one minibatch, with the weights before the step.
 *
 * @param lossSum over the examples; not finite when training has diverged
 * @param correct examples whose largest output is their label's
 */
public record StepResult(double lossSum, int correct) {

  /** Scores outputs against one-hot targets, both [size, classes]. */
  public static StepResult of(Loss loss, float[] outputs, float[] targets, int size, int classes) {
    double lossSum = 0;
    int correct = 0;
    for (int row = 0; row < size; row++) {
      int label = largest(targets, row * classes, classes);
      lossSum += loss.of(outputs, row * classes, classes, label);
      correct += largest(outputs, row * classes, classes) == label ? 1 : 0;
    }
    return new StepResult(lossSum, correct);
  }

  /**
   * The position of the largest of {@code count} numbers from {@code offset} on; the first of
   * equals.
   */
  public static int largest(float[] numbers, int offset, int count) {
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (numbers[offset + i] > numbers[offset + largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
