package io.meanfield.train.averaging;

import io.meanfield.batch.TaskThreads;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Computes the weighted mean of learners' states: local SGD (Stich 2019, algorithm 1). The weights
 * are the numbers of examples, because minibatches may differ in size; weights of examples are in
 * the workers' steps already ({@code ExampleWeights} has the equation). Numbers are summed in
 * double in the order of the list, which is the order of workers or groups and never the order of
 * arrival. Bit-identical states have a mean with the same bits, so the mean of one worker is that
 * worker's state.
 */
public final class WeightedAverage {
  /** No ranges of running deviations. */
  static final List<IndexRange> NONE = List.of();

  // Size of the blocks that are summed one after the other, so that the sums stay in the CPU cache.
  private static final int BLOCK = 2048;
  // Computing so many numbers takes longer than waking another thread.
  private static final int LEAST_OF_A_THREAD = 1 << 17;

  private WeightedAverage() {}

  /**
   * Returns the mean of the states that have examples; empty if none has any. The iteration counter
   * is the largest one, because a worker with a shorter shard has fewer steps in an epoch.
   *
   * @param logDeviations ranges of weights that are decimal logarithms of standard deviations;
   *     their variances are averaged
   * @param threads that may compute in parallel; their number changes no bit
   */
  public static Optional<LearnerState> of(
      List<WeightedState> states, List<IndexRange> logDeviations, int threads) {
    List<WeightedState> counted = states.stream().filter(c -> c.examples() > 0).toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    LearnerState first = counted.get(0).state();
    Mean weights = mean(counted, LearnerState::weights, logDeviations);
    Mean optimizerState = mean(counted, LearnerState::optimizerState, NONE);
    long numbers = first.weights().length + (long) first.optimizerState().length;
    int shares = counted.size() == 1 ? 1 : shares(numbers, threads); // one state is its mean
    TaskThreads.run(
        shares,
        share -> {
          weights.compute(share, shares);
          optimizerState.compute(share, shares);
        });
    int iteration = counted.stream().mapToInt(c -> c.state().iteration()).max().orElseThrow();
    return Optional.of(
        new LearnerState(weights.means(), optimizerState.means(), iteration, first.epoch()));
  }

  /**
   * Returns the average of results that are in the memory of this process.
   *
   * @param results in the order of the shards
   * @param logDeviations ranges of weights that are decimal logarithms of standard deviations
   * @param threads that may compute in parallel; their number changes no bit
   */
  public static <R extends Serializable> RoundFunction.AveragedResult<R> ofResults(
      List<RoundFunction.RoundOutput<R>> results, List<IndexRange> logDeviations, int threads) {
    List<WeightedState> states =
        results.stream().map(RoundFunction.RoundOutput::weightedState).toList();
    Optional<LearnerState> mean = of(states, logDeviations, threads);
    return new RoundFunction.AveragedResult<>(
        mean,
        results.stream().map(RoundFunction.RoundOutput::report).toList(),
        distancesFromAverage(states, mean.orElse(states.get(0).state())));
  }

  private static int shares(long numbers, int threads) {
    return (int) Math.max(1, Math.min(threads, numbers / LEAST_OF_A_THREAD));
  }

  /**
   * Returns the Euclidean distance of the weights of each state from those of the mean; NaN for a
   * state without examples.
   */
  public static List<Double> distancesFromAverage(List<WeightedState> states, LearnerState mean) {
    return states.stream()
        .map(
            each ->
                each.examples() == 0
                    ? Double.NaN
                    : Distance.between(each.state().weights(), mean.weights()))
        .toList();
  }

  private static Mean mean(
      List<WeightedState> states,
      Function<LearnerState, float[]> part,
      List<IndexRange> logDeviations) {
    return Mean.of(
        states.stream().map(weighted -> part.apply(weighted.state())).toList(),
        states.stream().mapToLong(WeightedState::examples).toArray(),
        logDeviations);
  }

  /** Returns the mean of vectors of equal length, each with a weight above 0. */
  static float[] of(List<float[]> vectors, long[] weights, List<IndexRange> logDeviations) {
    Mean mean = Mean.of(vectors, weights, logDeviations);
    mean.compute(0, 1);
    return mean.means();
  }

  /**
   * A mean that is computed in shares, each of which has every so many blocks.
   *
   * @param total sum of the weights
   * @param means the result; the only vector, if there is one
   */
  private record Mean(
      List<float[]> vectors,
      long[] weights,
      double total,
      List<IndexRange> logDeviations,
      float[] means) {

    static Mean of(List<float[]> vectors, long[] weights, List<IndexRange> logDeviations) {
      float[] first = vectors.get(0);
      return new Mean(
          vectors,
          weights,
          LongStream.of(weights).sum(),
          logDeviations,
          vectors.size() == 1 ? first : new float[first.length]);
    }

    void compute(int share, int shares) {
      if (vectors.size() == 1) {
        return;
      }
      double[] sums = new double[Math.min(BLOCK, means.length)];
      long step = (long) shares * BLOCK;
      for (long first = (long) share * BLOCK; first < means.length; first += step) {
        int size = (int) Math.min(BLOCK, means.length - first);
        computeBlock(sums, (int) first, size);
        for (IndexRange range : logDeviations) {
          computeDeviations((int) first, range.within(first, size));
        }
      }
    }

    // Multiplying by the reciprocal is ten times as fast as dividing. Its error in the last place
    // of a double disappears when the result is rounded to a float.
    private void computeBlock(double[] sums, int first, int size) {
      begin(sums, vectors.get(0), first, size, (double) weights[0]);
      int last = weights.length - 1;
      for (int i = 1; i < last; i++) {
        addTo(sums, vectors.get(i), first, size, (double) weights[i]);
      }
      finish(sums, vectors.get(last), first, size, (double) weights[last], 1 / total);
      round(means, sums, first, size);
    }

    private void computeDeviations(int first, IndexRange range) {
      for (int i = first + range.start(); i < first + range.end(); i++) {
        means[i] = meanLogDeviation(i);
      }
    }

    // Equal deviations keep their bits. StrictMath gives the same bits on every machine.
    private float meanLogDeviation(int index) {
      float first = vectors.get(0)[index];
      boolean equal = true;
      double variance = 0;
      for (int i = 0; i < weights.length; i++) {
        float logDeviation = vectors.get(i)[index];
        equal &= logDeviation == first;
        variance += weights[i] * StrictMath.pow(10, 2 * (double) logDeviation);
      }
      return equal ? first : (float) (StrictMath.log10(variance / total) / 2);
    }

    private static void begin(double[] sums, float[] values, int first, int size, double weight) {
      for (int i = 0; i < size; i++) {
        sums[i] = weight * values[first + i];
      }
    }

    private static void addTo(double[] sums, float[] values, int first, int size, double weight) {
      for (int i = 0; i < size; i++) {
        sums[i] += weight * values[first + i];
      }
    }

    private static void finish(
        double[] sums, float[] values, int first, int size, double weight, double reciprocal) {
      for (int i = 0; i < size; i++) {
        sums[i] = (sums[i] + weight * values[first + i]) * reciprocal;
      }
    }

    // A loop of its own: HotSpot 17 needs half as long for both as for one that does both.
    private static void round(float[] means, double[] values, int first, int size) {
      for (int i = 0; i < size; i++) {
        means[first + i] = (float) values[i];
      }
    }
  }
}
