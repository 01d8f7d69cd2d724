package io.meanfield.evaluate;

import io.meanfield.data.Examples;
import io.meanfield.network.Architecture;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Learners;
import io.meanfield.network.Minibatch;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;

/** A network's outputs for examples; on an executor. */
final class Forward {
  // A fixed size: what is computed for an example must not depend on the cluster.
  private static final int BATCH = 512;

  private Forward() {}

  /**
   * The outputs of all examples, [count, outputs].
   *
   * @throws Complaint if an output is not finite
   */
  static float[] outputs(Architecture architecture, LearnerState state, Examples examples) {
    return Learners.lend(
        architecture,
        TaskDevice.current(),
        learner -> outputs(learner, architecture, state, examples));
  }

  private static float[] outputs(
      Learner learner, Architecture architecture, LearnerState state, Examples examples) {
    learner.restore(state);
    int classes = architecture.outputs();
    float[] all = new float[Math.multiplyExact(examples.count(), classes)];
    float[] some = new float[BATCH * classes];
    Minibatch batch = Feed.minibatch(BATCH, architecture, examples);
    for (int first = 0; first < examples.count(); first += BATCH) {
      int size = Math.min(BATCH, examples.count() - first);
      batch.begin(size, 0); // nothing is left to chance
      for (int row = 0; row < size; row++) {
        Feed.features(examples, first + row, batch, row);
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
        throw new Complaint(
            ErrorCode.NOT_FINITE,
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
