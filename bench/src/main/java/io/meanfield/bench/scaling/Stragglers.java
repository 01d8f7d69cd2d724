package io.meanfield.bench.scaling;

import io.meanfield.random.Permutation;
import io.meanfield.random.SplitMix64;

/**
 * The distribution of the workers' times: log-normal with mean 1, independent for each worker and
 * round. The factor of a worker depends on seed, round and worker alone, so that another worker
 * changes no factor.
 *
 * @param sigma standard deviation of the logarithm; 0 if all workers take equally long
 */
public record Stragglers(double sigma, long seed) {
  /** Workers that take equally long. */
  public static final Stragglers NONE = new Stragglers(0, 1);

  public Stragglers {
    if (!(sigma >= 0)) {
      throw new IllegalArgumentException("sigma must be at least 0, found " + sigma);
    }
  }

  /** Returns the factor by which a worker's time in a round differs from the mean. */
  double factor(int round, int worker) {
    if (sigma == 0) {
      return 1;
    }
    long key = Permutation.key(seed, round, worker);
    // Box and Muller 1958; 1 - uniform is above 0.
    double radius = Math.sqrt(-2 * Math.log(1 - SplitMix64.uniform(key)));
    double angle = 2 * Math.PI * SplitMix64.uniform(key + SplitMix64.GOLDEN_GAMMA);
    return Math.exp(sigma * radius * Math.cos(angle) - sigma * sigma / 2);
  }
}
