package io.meanfield.train;

import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.NormStatistics;
import java.util.List;

/**
 * The state of training between two rounds. Not sent as it is: learner and momentum travel
 * separately.
 *
 * @param learner state of the learner from which the next round starts
 * @param outerMomentum momentum of the outer optimizer, one number for each weight; empty if it has
 *     none yet
 * @param weightHistory weights from which {@link WeightAverage} computes the model's; empty without
 *     an average
 * @param norms norms of the workers' updates so far; none unless outliers are left out
 */
public record TrainingState(
    LearnerState learner,
    float[] outerMomentum,
    List<float[]> weightHistory,
    NormStatistics norms) {

  public TrainingState {
    weightHistory = List.copyOf(weightHistory);
  }

  /** Creates a state without an average of weights and without norms. */
  public TrainingState(LearnerState learner, float[] outerMomentum) {
    this(learner, outerMomentum, List.of(), NormStatistics.NONE);
  }

  /** Returns the state before the first round, without outer momentum. */
  public static TrainingState initial(LearnerState learner) {
    return new TrainingState(learner, new float[0]);
  }

  TrainingState atEpoch(int number) {
    return with(learner.atEpoch(number), outerMomentum);
  }

  TrainingState with(LearnerState state, float[] momentum) {
    return new TrainingState(state, momentum, weightHistory, norms);
  }

  TrainingState withWeightHistory(List<float[]> history) {
    return new TrainingState(learner, outerMomentum, history, norms);
  }

  TrainingState withNorms(NormStatistics statistics) {
    return new TrainingState(learner, outerMomentum, weightHistory, statistics);
  }
}
