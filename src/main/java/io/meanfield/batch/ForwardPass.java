package io.meanfield.batch;

import io.meanfield.data.Examples;
import io.meanfield.engine.Learners;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;

/** Computes a network's outputs for examples, on an executor. */
public final class ForwardPass {
  // A fixed size: what is computed for an example must not depend on the cluster.
  private static final int BATCH = 512;

  private ForwardPass() {}

  /**
   * Returns the outputs of all examples, [count, outputs].
   *
   * @throws UserException if an output is not finite
   */
  public static float[] outputs(EngineNetwork architecture, LearnerState state, Examples examples) {
    return Learners.withLearner(
        architecture,
        TaskDevice.current(),
        learner -> outputs(learner, architecture, state, examples));
  }

  private static float[] outputs(
      Learner learner, EngineNetwork architecture, LearnerState state, Examples examples) {
    learner.restore(state);
    int classes = architecture.outputs();
    float[] all = new float[Math.multiplyExact(examples.count(), classes)];
    float[] some = new float[BATCH * classes];
    Minibatch batch = BatchWriter.minibatch(BATCH, architecture, examples);
    for (int first = 0; first < examples.count(); first += BATCH) {
      int size = Math.min(BATCH, examples.count() - first);
      batch.reset(size, 0); // a forward pass draws no random numbers
      for (int row = 0; row < size; row++) {
        BatchWriter.features(examples, first + row, batch, row);
      }
      learner.predict(batch, some);
      System.arraycopy(some, 0, all, first * classes, size * classes);
    }
    checkFinite(all, classes, examples);
    return all;
  }

  private static void checkFinite(float[] outputs, int classes, Examples examples) {
    for (int i = 0; i < outputs.length; i++) {
      if (!Float.isFinite(outputs[i])) {
        throw new UserException(
            ErrorCode.DIVERGED,
            "output "
                + i % classes
                + " for example "
                + examples.ids()[i / classes]
                + " is "
                + outputs[i]
                + ", expected a finite number; the model has diverged");
      }
    }
  }
}
