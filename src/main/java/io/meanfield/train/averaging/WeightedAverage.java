package io.meanfield.train.averaging;

import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
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

  private WeightedAverage() {}

  /**
   * Returns the mean of the states that have examples; empty if none has any. The iteration counter
   * is the largest one, because a worker with a shorter shard has fewer steps in an epoch.
   *
   * @param logDeviations ranges of weights that are decimal logarithms of standard deviations;
   *     their variances are averaged
   */
  public static Optional<LearnerState> of(
      List<WeightedState> states, List<IndexRange> logDeviations) {
    List<WeightedState> counted = states.stream().filter(c -> c.examples() > 0).toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    int iteration = counted.stream().mapToInt(c -> c.state().iteration()).max().orElseThrow();
    return Optional.of(
        new LearnerState(
            mean(counted, LearnerState::weights, logDeviations),
            mean(counted, LearnerState::optimizerState, NONE),
            iteration,
            counted.get(0).state().epoch()));
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

  private static float[] mean(
      List<WeightedState> states,
      Function<LearnerState, float[]> part,
      List<IndexRange> logDeviations) {
    return of(
        states.stream().map(weighted -> part.apply(weighted.state())).toList(),
        states.stream().mapToLong(WeightedState::examples).toArray(),
        logDeviations);
  }

  /**
   * Returns the mean of vectors of weights, which all count equally.
   *
   * @param vectors at least one, of equal length
   */
  public static float[] ofEqual(List<float[]> vectors, List<IndexRange> logDeviations) {
    return of(vectors, LongStream.generate(() -> 1).limit(vectors.size()).toArray(), logDeviations);
  }

  /** Returns the mean of vectors of equal length, each with a weight above 0. */
  static float[] of(List<float[]> vectors, long[] weights, List<IndexRange> logDeviations) {
    if (vectors.size() == 1) {
      return vectors.get(0);
    }
    double total = LongStream.of(weights).sum();
    float[] means = new float[vectors.get(0).length];
    double[] sums = new double[Math.min(BLOCK, means.length)];
    for (int first = 0; first < means.length; first += BLOCK) {
      int size = Math.min(BLOCK, means.length - first);
      begin(sums, vectors.get(0), first, size, (double) weights[0]);
      int last = weights.length - 1;
      for (int i = 1; i < last; i++) {
        addTo(sums, vectors.get(i), first, size, (double) weights[i]);
      }
      finish(means, sums, vectors.get(last), first, (double) weights[last], 1 / total);
    }
    for (IndexRange range : logDeviations) {
      for (int i = range.start(); i < range.end(); i++) {
        means[i] = ofLogDeviations(vectors, weights, total, i);
      }
    }
    return means;
  }

  // Equal deviations keep their bits. StrictMath gives the same bits on every machine.
  private static float ofLogDeviations(
      List<float[]> vectors, long[] weights, double total, int index) {
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

  // Multiplying by the reciprocal is ten times as fast as dividing. Its error in the last place of
  // a double disappears when the result is rounded to a float.
  private static void finish(
      float[] means, double[] sums, float[] values, int first, double weight, double reciprocal) {
    int size = Math.min(sums.length, means.length - first);
    for (int i = 0; i < size; i++) {
      means[first + i] = (float) ((sums[i] + weight * values[first + i]) * reciprocal);
    }
  }
}
