package io.meanfield.train;

import io.meanfield.error.UserException;
import io.meanfield.train.history.TrainingState;
import java.util.List;

/** Runs the rounds of epochs on executors, in one placement of the workers. Driver only. */
interface RoundRunner extends AutoCloseable {

  /**
   * Runs rounds that follow each other and reports each of them. The state after them does not
   * depend on the placement.
   *
   * @throws UserException if every worker of a round has diverged
   */
  TrainingState run(List<Round> rounds, TrainingState start, EpochTotals totals);

  @Override
  void close();
}
