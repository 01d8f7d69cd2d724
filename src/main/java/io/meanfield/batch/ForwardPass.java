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
  // A constant, because the outputs for an example must not depend on the cluster.
  private static final int BATCH = 512;

  private ForwardPass() {}

  /**
   * Returns how many of at most {@code most} examples to score together, so that they are divided
   * into the same minibatches as more examples: whole minibatches, if there is more than one.
   */
  public static int wholeBatches(int most) {
    return most < BATCH ? most : most - most % BATCH;
  }

  /**
   * Returns the outputs of all examples, [count, outputs].
   *
   * @throws UserException if an output is not finite, or the executor uses too much memory
   */
  public static float[] outputs(EngineNetwork network, LearnerState state, Examples examples) {
    float[] outputs =
        Learners.withPredictor(
            network,
            state,
            TaskDevice.current(),
            predictor -> outputs(predictor, network, examples));
    TaskMemory.requireWithinLimit();
    return outputs;
  }

  private static float[] outputs(
      Learners.Predictor predictor, EngineNetwork network, Examples examples) {
    int width = network.outputs();
    float[] outputs = new float[Math.multiplyExact(examples.count(), width)];
    int capacity = Math.max(1, Math.min(BATCH, examples.count()));
    float[] batchOutputs = new float[capacity * width];
    Minibatch batch = BatchWriter.minibatch(capacity, network, examples);
    for (int first = 0; first < examples.count(); first += BATCH) {
      int size = Math.min(BATCH, examples.count() - first);
      batch.reset(size, 0); // a forward pass draws no random numbers
      for (int row = 0; row < size; row++) {
        BatchWriter.features(examples, first + row, batch, row);
      }
      predictor.predict(batch, batchOutputs);
      System.arraycopy(batchOutputs, 0, outputs, first * width, size * width);
    }
    checkFinite(outputs, width, examples);
    return outputs;
  }

  private static void checkFinite(float[] outputs, int width, Examples examples) {
    for (int i = 0; i < outputs.length; i++) {
      if (!Float.isFinite(outputs[i])) {
        throw new UserException(
            ErrorCode.DIVERGED,
            "output "
                + i % width
                + " for example "
                + examples.ids()[i / width]
                + " is "
                + outputs[i]
                + ", expected a finite number; the model has diverged");
      }
    }
  }
}
