package io.meanfield.engine;

import io.meanfield.learner.Learner;
import io.meanfield.network.LearnerState;
import java.lang.ref.WeakReference;

/**
 * A learner, and the state from which it predicts, because copying the weights takes longer than
 * predicting one row.
 */
final class PooledLearner {
  private final Learner learner;
  // Weak, so that the pool does not keep the weights of a model that is no longer in use.
  private WeakReference<LearnerState> predictedWith = new WeakReference<>(null);

  PooledLearner(Learner learner) {
    this.learner = learner;
  }

  /** Returns the learner, which the caller may change. */
  Learner learner() {
    predictedWith.clear();
    return learner;
  }

  /** Returns the learner with a state, which it may still have from the last call. */
  Learner withState(LearnerState state) {
    if (!predictedWith.refersTo(state)) {
      learner.restore(state);
      predictedWith = new WeakReference<>(state);
    }
    return learner;
  }
}
