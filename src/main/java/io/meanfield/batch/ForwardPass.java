package io.meanfield.batch;

import io.meanfield.data.Examples;
import io.meanfield.engine.Learners;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;

/** Computes a network's outputs for examples, on an executor. */
public final class ForwardPass {
  /**
   * The largest number of examples whose outputs are computed together: a constant, because the
   * outputs for an example must not depend on the cluster.
   */
  public static final int BATCH = 512;

  private static final long LARGEST_BLOCK = 64L << 20;

  private ForwardPass() {}

  /**
   * Returns how many of at most {@code most} examples to score together, so that they are divided
   * into the same minibatches as more examples: whole minibatches, if there is more than one.
   */
  public static int wholeBatches(int most) {
    return most < BATCH ? most : most - most % BATCH;
  }

  /**
   * Returns how many examples a block has at most whose outputs and targets need no more than 64
   * MiB: whole minibatches, at least one.
   */
  public static int largestBlock(EngineNetwork network) {
    long row = 2L * Float.BYTES * network.outputs();
    return (int) Math.max(BATCH, LARGEST_BLOCK / row / BATCH * BATCH);
  }

  /** Receives the outputs of consecutive examples. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Receives the outputs of a minibatch.
     *
     * @param first the number of examples before the minibatch
     * @param count the number of examples of the minibatch
     * @param outputs [count, outputs], valid only during the call
     */
    void accept(int first, int count, float[] outputs);
  }

  /**
   * Returns the outputs of all examples, [count, outputs].
   *
   * @throws UserException if an output is not finite, or the executor uses too much memory
   */
  public static float[] outputs(EngineNetwork network, LearnerState state, Examples examples) {
    int width = network.outputs();
    float[] outputs = new float[Math.multiplyExact(examples.count(), width)];
    forEachMinibatch(
        network,
        state,
        examples,
        (first, count, batch) -> System.arraycopy(batch, 0, outputs, first * width, count * width));
    return outputs;
  }

  /**
   * Computes the outputs minibatch by minibatch, without memory for those of all examples. A
   * minibatch has at most {@link #BATCH} examples.
   *
   * @throws UserException if an output is not finite, or the executor uses too much memory
   */
  public static void forEachMinibatch(
      EngineNetwork network, LearnerState state, Examples examples, Receiver receiver) {
    Learners.withPredictor(
        network,
        state,
        TaskDevice.current(),
        predictor -> {
          forEachMinibatch(predictor, network, examples, receiver);
          return examples.count();
        });
    TaskMemory.requireWithinLimit();
  }

  private static void forEachMinibatch(
      Learners.Predictor predictor, EngineNetwork network, Examples examples, Receiver receiver) {
    int capacity = Math.max(1, Math.min(BATCH, examples.count()));
    float[] outputs = new float[Math.multiplyExact(capacity, network.outputs())];
    Minibatch batch = BatchWriter.minibatch(capacity, network, examples);
    CancellableTask task = CancellableTask.current();
    for (int first = 0; first < examples.count(); first += BATCH) {
      task.requireRunning();
      int size = Math.min(BATCH, examples.count() - first);
      batch.reset(size, 0); // a forward pass draws no random numbers
      for (int row = 0; row < size; row++) {
        BatchWriter.features(examples, first + row, batch, row);
      }
      predictor.predict(batch, outputs);
      network.bounds().apply(outputs, size);
      checkFinite(outputs, first, size, network.outputs(), examples);
      receiver.accept(first, size, outputs);
    }
  }

  private static void checkFinite(
      float[] outputs, int first, int count, int width, Examples examples) {
    for (int i = 0; i < count * width; i++) {
      if (!Float.isFinite(outputs[i])) {
        throw UserException.of(
            ErrorCode.DIVERGED,
            "output %s for example %s is %s, expected a finite number; the model has diverged",
            i % width,
            examples.ids()[first + i / width],
            outputs[i]);
      }
    }
  }
}
