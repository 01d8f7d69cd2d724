package io.meanfield.learner;

import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;

/**
 * The loss and accuracy of one minibatch, computed with the weights before the step, or their sums
 * over several minibatches.
 *
 * @param lossSum sum over the examples of loss times sample weight, without L2 penalties; not
 *     finite if training has diverged
 * @param correct number of examples whose outputs are correct; the sum of their weights if weights
 *     count in the accuracy
 * @param scored number, or sum of the weights, of the examples whose outputs can be correct or
 *     wrong: all, or 0 in a regression
 */
public record StepResult(double lossSum, double correct, double scored) {
  /** The result of no steps. */
  public static final StepResult NONE = new StepResult(0, 0, 0);

  /** Returns the sums of both results. */
  public StepResult plus(StepResult other) {
    return new StepResult(lossSum + other.lossSum, correct + other.correct, scored + other.scored);
  }

  /** Returns the mean of {@code count} results of which this is the sum. */
  public StepResult dividedBy(int count) {
    return new StepResult(lossSum / count, correct / count, scored / count);
  }

  /**
   * Returns the loss and accuracy of outputs, given the targets of their minibatch.
   *
   * @param outputs [size, outputs]
   */
  public static StepResult of(Loss loss, float[] outputs, Minibatch batch) {
    TaskType task = batch.task();
    int width = batch.outputs();
    double lossSum = 0;
    double correct = 0;
    double scored = 0;
    for (int row = 0; row < batch.size(); row++) {
      int offset = row * width;
      lossSum += batch.sampleWeight(row) * loss.of(outputs, batch.targets(), offset, width);
      if (task.hasAccuracy()) {
        double weight = batch.isAccuracyWeighted() ? batch.sampleWeight(row) : 1;
        scored += weight;
        correct += task.isCorrect(outputs, batch.targets(), offset, width) ? weight : 0;
      }
    }
    return new StepResult(lossSum, correct, scored);
  }
}
