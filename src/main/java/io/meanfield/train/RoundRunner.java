package io.meanfield.train;

import io.meanfield.error.UserException;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.Optional;

/** Runs the rounds of epochs on executors, in one placement of the workers. Driver only. */
interface RoundRunner extends AutoCloseable {

  /**
   * Runs the rounds of an epoch and reports each of them. The state after them does not depend on
   * the placement.
   *
   * @param start the last state that this method returned, or that of the start
   * @throws UserException if every worker of a round has diverged
   */
  EpochEnd run(List<Round> rounds, TrainingState start, EpochTotals totals);

  /**
   * The end of an epoch.
   *
   * @param iteration number of minibatches trained so far
   * @param state empty if the epochs after this one were trained in the same job, and none of them
   *     needs it
   */
  record EpochEnd(int iteration, Optional<TrainingState> state) {
    static EpochEnd of(TrainingState state) {
      return new EpochEnd(state.learner().iteration(), Optional.of(state));
    }
  }

  @Override
  void close();
}
