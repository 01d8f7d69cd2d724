package io.meanfield.engine;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import java.lang.ref.WeakReference;

/**
 * A learner that remembers the state from which it predicts, because copying the weights takes
 * longer than predicting one row. Every method that may change the learner forgets the state.
 */
final class PooledLearner implements Learner {
  private final Learner learner;
  // Weak, so that the pool does not keep the weights of a model that is no longer in use.
  private WeakReference<LearnerState> predictedWith = new WeakReference<>(null);

  PooledLearner(Learner learner) {
    this.learner = learner;
  }

  /** Restores a state, unless the learner still has this very state from the last call. */
  void restoreForPrediction(LearnerState state) {
    if (!predictedWith.refersTo(state)) {
      restore(state);
      predictedWith = new WeakReference<>(state);
    }
  }

  /** Returns the learner, which the caller may change. */
  private Learner changed() {
    predictedWith.clear();
    return learner;
  }

  @Override
  public Device device() {
    return learner.device();
  }

  @Override
  public void restore(LearnerState state) {
    changed().restore(state);
  }

  @Override
  public LearnerState state() {
    return learner.state();
  }

  @Override
  public StepResult fit(Minibatch batch) {
    return changed().fit(batch);
  }

  @Override
  public void predict(Minibatch batch, float[] outputs) {
    learner.predict(batch, outputs);
  }
}
