package io.meanfield.train.history;

import io.meanfield.network.LearnerState;

/**
 * The state of training between two rounds. Not sent as it is: learner and momentum travel
 * separately.
 *
 * @param learner state of the learner from which the next round starts
 * @param outerMomentum momentum of the outer optimizer, one number for each weight; empty if it has
 *     none yet
 */
public record TrainingState(LearnerState learner, float[] outerMomentum) {

  /** Returns the state before the first round, without outer momentum. */
  public static TrainingState initial(LearnerState learner) {
    return new TrainingState(learner, new float[0]);
  }

  public TrainingState atEpoch(int number) {
    return new TrainingState(learner.atEpoch(number), outerMomentum);
  }
}
