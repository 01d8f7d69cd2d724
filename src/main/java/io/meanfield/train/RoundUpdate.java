package io.meanfield.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Computes what follows the average of a round: the policy of the optimizer state, the outer
 * optimizer, and the error if all workers have diverged. It needs no Spark, and runs on the driver
 * or, if a task trains many rounds, in the task.
 */
final class RoundUpdate {
  private final NetworkSettings network;
  private final AveragingSettings averaging;
  private final ParameterLayout layout;

  RoundUpdate(NetworkSettings network, AveragingSettings averaging) {
    this.network = network;
    this.averaging = averaging;
    this.layout = ParameterLayout.of(network);
  }

  /** Returns the ranges of weights that are decimal logarithms of standard deviations. */
  List<IndexRange> logDeviations() {
    return layout.runningLogDeviations();
  }

  /**
   * Returns the state from which the next round starts.
   *
   * @param start the state at the start of the round
   * @param mean the average of the workers' states; empty if none has examples and a finite state
   * @param workers the reports of all workers
   * @throws UserException if every worker has diverged, or the outer optimizer has
   */
  TrainingState next(
      Round round, TrainingState start, Optional<LearnerState> mean, List<WorkerReport> workers) {
    LearnerState averaged =
        mean.map(averaging.optimizerState()::apply)
            .orElseThrow(() -> diverged(round, start.learner(), workers));
    return averaging.outerOptimizer().step(round, start, averaged, layout.untrained());
  }

  private UserException diverged(Round round, LearnerState start, List<WorkerReport> reports) {
    String workers =
        reports.stream()
            .filter(WorkerReport::quarantined)
            .map(worker -> "worker " + worker.worker() + ": loss " + worker.quarantinedLoss())
            .collect(Collectors.joining(", "));
    return new UserException(
        ErrorCode.DIVERGED,
        "training diverged: in round "
            + round.number()
            + " of epoch "
            + round.epoch()
            + " no worker's loss and weights are finite ("
            + workers
            + "; learning rate "
            + highestRate(round, start)
            + "); lower network.optimizer.learning-rate or check the data");
  }

  private double highestRate(Round round, LearnerState start) {
    return IntStream.range(round.firstStep(), round.endStep())
        .mapToDouble(step -> network.learningRate(start.iteration() + step - round.firstStep()))
        .max()
        .orElseThrow();
  }
}
