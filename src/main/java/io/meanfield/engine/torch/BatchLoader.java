package io.meanfield.engine.torch;

import io.meanfield.learner.Minibatches;
import java.util.function.Consumer;

/** Copies minibatches into the tensors of a learner. */
interface BatchLoader {
  /**
   * Calls {@code step} for each minibatch, in order. Its tensors have their numbers until the step
   * returns.
   */
  void load(Minibatches batches, Consumer<LoadedBatch> step);
}
