package io.meanfield.engine.torch;

import io.meanfield.learner.Minibatches;
import java.util.function.Consumer;

/** Copies each minibatch just before its step, as suits the CPU. */
record StepwiseLoader(InputBuffers buffers) implements BatchLoader {
  @Override
  public void load(Minibatches batches, Consumer<LoadedBatch> step) {
    batches.stream().forEachOrdered(batch -> step.accept(buffers.load(batch)));
  }
}
