package io.meanfield.train;

import io.meanfield.network.LearnerState;

/**
 * Where training is, between two rounds. Driver only: what travels to executors is the learner.
 *
 * @param learner that the next round starts from
 * @param outerMomentum the outer optimizer's, a number a weight; empty where it has none yet
 */
public record TrainingState(LearnerState learner, float[] outerMomentum) {

  /** A learner that no round has moved yet. */
  public static TrainingState initial(LearnerState learner) {
    return new TrainingState(learner, new float[0]);
  }

  TrainingState atEpoch(int number) {
    return new TrainingState(learner.atEpoch(number), outerMomentum);
  }
}
