package io.meanfield.reinforce;

import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.EpisodeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The state of a training between two rounds.
 *
 * @param learner the average of the workers, from which the next round starts
 * @param target weights of the target network
 * @param workers the workers, in order
 * @param episodes all episodes that have ended
 * @param evaluations all evaluations so far
 */
public record PlayState(
    LearnerState learner,
    float[] target,
    List<PlayWorkerState> workers,
    List<EpisodeRow> episodes,
    List<EvaluationRow> evaluations) {

  /** Returns the state before the first step, with the network's initial weights in both. */
  public static PlayState initial(LearnerState start, ReinforceSettings settings, long seed) {
    RandomKeys keys = new RandomKeys(seed);
    return new PlayState(
        start,
        start.weights(),
        IntStream.range(0, settings.workers())
            .mapToObj(worker -> PlayWorkerState.first(worker, settings, keys))
            .toList(),
        List.of(),
        List.of());
  }

  /** Returns steps of each worker so far. */
  long steps() {
    return workers.get(0).steps();
  }

  /** Returns the state after a round. */
  PlayState after(LearnerState averaged, float[] nextTarget, List<PlayWorkerReport> reports) {
    List<PlayWorkerState> next =
        IntStream.range(0, workers.size())
            .mapToObj(i -> workers.get(i).after(reports.get(i)))
            .toList();
    List<EpisodeRow> ended = new ArrayList<>(episodes);
    reports.forEach(report -> ended.addAll(report.ended()));
    return new PlayState(averaged, nextTarget, next, ended, evaluations);
  }

  /** Returns the state at the end of an epoch. */
  PlayState evaluated(EvaluationRow evaluation) {
    return new PlayState(
        learner.atEpoch(evaluation.epoch()),
        target,
        workers,
        episodes,
        Stream.concat(evaluations.stream(), Stream.of(evaluation)).toList());
  }
}
