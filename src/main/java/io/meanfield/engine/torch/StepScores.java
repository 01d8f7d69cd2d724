package io.meanfield.engine.torch;

import io.meanfield.learner.StepResult;
import org.bytedeco.pytorch.Tensor;

/** Adds up the losses and the accuracies of training steps. */
interface StepScores {
  /**
   * Takes the outputs of a step. Callers call it during the step, and the result after it.
   *
   * @param outputs [size, outputs]
   * @param batch whose tensors are on the device of the outputs
   * @return the rest of the work, which needs none of LibTorch's settings for a step
   */
  Runnable add(Tensor outputs, LoadedBatch batch);

  /** Returns the sum of the steps since the last call. */
  StepResult take();
}
