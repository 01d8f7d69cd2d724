package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.NormStatistics;
import java.io.Serializable;
import java.util.List;

/**
 * The part of a training's state beside the learner's, as it is sent to a task and back. Vectors
 * are the weights of states, because Java serialises an array number by number.
 *
 * @param outerMomentum momentum of the outer optimizer
 * @param weightHistory weights from which the model's average over time is computed
 * @param norms statistics of the workers' updates
 */
@DefaultSerializer(JavaSerializer.class)
record AveragingState(
    LearnerState outerMomentum, List<LearnerState> weightHistory, NormStatistics norms)
    implements Serializable {

  static AveragingState of(TrainingState state) {
    return new AveragingState(
        LearnerState.fresh(state.outerMomentum()),
        state.weightHistory().stream().map(LearnerState::fresh).toList(),
        state.norms());
  }

  /** Returns the state of a training with this learner. */
  TrainingState with(LearnerState learner) {
    return new TrainingState(
        learner,
        outerMomentum.weights(),
        weightHistory.stream().map(LearnerState::weights).toList(),
        norms);
  }
}
