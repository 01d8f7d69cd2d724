package io.meanfield.train;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WholeBatchMoment;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Computes the state from which the next round starts: corrects the optimizer state of the average
 * of a round, and applies the outer optimizer. It needs no Spark, and runs on the driver or, if a
 * task trains many rounds, in the task.
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

  /**
   * The end of a round.
   *
   * @param state the state from which the next round starts
   * @param groups the reports after the average
   */
  record Updated(TrainingState state, List<GroupReport> groups) {}

  /** Returns the ranges of weights that are decimal logarithms of standard deviations. */
  List<IndexRange> logDeviations() {
    return layout.runningLogDeviations();
  }

  /**
   * Returns the state from which the next round starts.
   *
   * @param start the state at the start of the round
   * @param averaged the average of the groups' states; empty if none has examples and a finite
   *     state
   * @throws UserException if every worker with examples has diverged and none was idle, or if the
   *     outer optimizer has diverged
   */
  Updated next(
      Round round, TrainingState start, RoundFunction.AveragedResult<GroupReport> averaged) {
    List<GroupReport> groups = averaged(averaged);
    LearnerState mean =
        averaged
            .mean()
            .map(found -> ofWholeBatch(start.learner(), found, groups))
            .orElseGet(() -> kept(round, start.learner(), groups));
    return new Updated(
        averaging.outerOptimizer().step(round, start, mean, layout.untrained()), groups);
  }

  private LearnerState ofWholeBatch(
      LearnerState start, LearnerState mean, List<GroupReport> groups) {
    return WholeBatchMoment.of(
        network, start, mean, groups.stream().map(GroupReport::averagedPart).toList());
  }

  // The state before the round is that of idle workers, whose shards have fewer steps. In the first
  // round of an epoch only a worker with an empty shard is idle, which proves nothing.
  private LearnerState kept(Round round, LearnerState before, List<GroupReport> groups) {
    boolean someAreIdle =
        groups.stream()
            .flatMap(group -> group.workers().stream())
            .anyMatch(worker -> worker.examples() == 0);
    if (round.firstStep() == 0 || !someAreIdle) {
      throw diverged(round, before, groups);
    }
    return before;
  }

  private static List<GroupReport> averaged(RoundFunction.AveragedResult<GroupReport> result) {
    return IntStream.range(0, result.reports().size())
        .mapToObj(i -> result.reports().get(i).averaged(result.distancesFromAverage().get(i)))
        .toList();
  }

  private UserException diverged(Round round, LearnerState start, List<GroupReport> groups) {
    String workers =
        groups.stream()
            .flatMap(group -> group.workers().stream())
            .filter(WorkerReport::quarantined)
            .map(worker -> "worker " + worker.worker() + ": loss " + worker.quarantinedLoss())
            .collect(Collectors.joining(", "));
    return UserException.of(
        ErrorCode.DIVERGED,
        "training diverged: in round %s of epoch %s no worker's loss and weights are finite (%s;"
            + " learning rate %s); lower network.optimizer.learning-rate or check the data",
        round.number(),
        round.epoch(),
        workers,
        highestRate(round, start));
  }

  private double highestRate(Round round, LearnerState start) {
    return IntStream.range(round.firstStep(), round.endStep())
        .mapToDouble(step -> network.learningRate(start.iteration() + step - round.firstStep()))
        .max()
        .orElseThrow();
  }
}
