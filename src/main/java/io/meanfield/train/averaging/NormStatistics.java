package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Mean and variance of the norms of the workers' updates, over the rounds so far. Later rounds
 * weigh more.
 *
 * @param rounds number of rounds so far
 */
@DefaultSerializer(JavaSerializer.class)
public record NormStatistics(int rounds, double mean, double variance) implements Serializable {
  /** The statistics before the first round. */
  public static final NormStatistics NONE = new NormStatistics(0, 0, 0);

  // EDiT's weight of a new value.
  private static final double WEIGHT = 0.02;

  /**
   * Returns the statistics after another round, the exponentially weighted mean and variance (Cheng
   * et al. 2024, EDiT, arXiv 2412.07210, section 3): with the new values {@code x} and their mean
   * {@code m}, {@code mean' = mean + w (m - mean)} and {@code variance' = (1 - w) variance + w
   * mean((x - mean) (x - mean'))}. The weight {@code w} is 0.02, and 1 / round in the first 50
   * rounds, which all have the same weight then.
   *
   * @param norms norms of the round's updates; no statistics of an empty array
   */
  NormStatistics after(double[] norms) {
    if (norms.length == 0) {
      return this;
    }
    double weight = Math.max(WEIGHT, 1.0 / (rounds + 1));
    double sum = 0;
    for (double norm : norms) {
      sum += norm;
    }
    double next = mean + weight * (sum / norms.length - mean);
    double before = rounds == 0 ? next : mean;
    double squares = 0;
    for (double norm : norms) {
      squares += (norm - before) * (norm - next);
    }
    return new NormStatistics(
        rounds + 1, next, (1 - weight) * variance + weight * squares / norms.length);
  }

  /** Returns the distance of a norm from the mean, in standard deviations. */
  double zScore(double norm) {
    return (norm - mean) / Math.sqrt(variance);
  }
}
