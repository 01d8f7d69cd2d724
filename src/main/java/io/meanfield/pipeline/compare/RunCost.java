package io.meanfield.pipeline.compare;

import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The time and the cost of a run. A run that trains no model has its duration only.
 *
 * @param seconds duration of the newest attempt, from its start to its end; empty if it has not
 *     ended
 * @param epochSeconds sum over all epochs, validation included
 * @param examples number of examples that were consumed in training
 * @param examplesPerSecond examples by epoch seconds
 * @param coreSeconds time that all workers together spent in their learners, with one thread each
 */
public record RunCost(
    String run,
    Optional<Double> seconds,
    Optional<Double> epochSeconds,
    Optional<Long> examples,
    Optional<Double> examplesPerSecond,
    Optional<Double> coreSeconds) {

  static RunCost of(ComparedRun run) {
    Optional<Double> seconds = run.status().flatMap(RunCost::duration);
    List<RecordedEpoch> epochs = run.epochs();
    if (epochs.isEmpty()) {
      return new RunCost(
          run.name(),
          seconds,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    double inEpochs = epochs.stream().mapToDouble(epoch -> epoch.result().seconds()).sum();
    long examples = epochs.stream().mapToLong(epoch -> epoch.result().examples()).sum();
    double computing =
        epochs.stream()
            .flatMap(epoch -> epoch.rounds().stream())
            .mapToDouble(round -> round.cost().computeMillis())
            .sum();
    return new RunCost(
        run.name(),
        seconds,
        Optional.of(inEpochs),
        Optional.of(examples),
        inEpochs > 0 ? Optional.of(examples / inEpochs) : Optional.empty(),
        Optional.of(computing / 1e3));
  }

  private static Optional<Double> duration(Status status) {
    return status.finished().map(end -> Duration.between(status.started(), end).toMillis() / 1e3);
  }
}
