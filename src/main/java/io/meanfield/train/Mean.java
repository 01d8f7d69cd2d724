package io.meanfield.train;

import io.meanfield.network.LearnerState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The weighted mean of learners' states: local SGD, Stich 2019, algorithm 1, weighted by examples
 * because minibatches may be ragged. Summed in double in the order of the list: the order of
 * workers or groups, never of arrival. Contributions of equal bits have a mean of the same bits, so
 * the mean of one worker is that worker.
 */
public final class Mean {
  private Mean() {}

  /**
   * The mean of the contributions that have examples behind them, or nothing if none has. The
   * iteration counter is the largest: a worker with a shorter shard sits out the last steps of an
   * epoch.
   */
  public static Optional<LearnerState> of(List<Contribution> contributions) {
    List<Contribution> heavy = contributions.stream().filter(c -> c.examples() > 0).toList();
    if (heavy.isEmpty()) {
      return Optional.empty();
    }
    int iteration = heavy.stream().mapToInt(c -> c.state().iteration()).max().orElseThrow();
    return Optional.of(
        new LearnerState(
            mean(heavy, LearnerState::weights),
            mean(heavy, LearnerState::optimizerState),
            iteration,
            heavy.get(0).state().epoch()));
  }

  private static float[] mean(
      List<Contribution> contributions, Function<LearnerState, float[]> part) {
    if (contributions.size() == 1) {
      return part.apply(contributions.get(0).state());
    }
    double total = contributions.stream().mapToLong(Contribution::examples).sum();
    double[] sums = new double[part.apply(contributions.get(0).state()).length];
    for (Contribution contribution : contributions) {
      float[] values = part.apply(contribution.state());
      double weight = contribution.examples();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * values[i];
      }
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / total);
    }
    return means;
  }
}
