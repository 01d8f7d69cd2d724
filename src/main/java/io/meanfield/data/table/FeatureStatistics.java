package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Mean and deviation of each number that a network sees, over examples; sums of blocks are combined
 * as by Chan, Golub and LeVeque 1979, so no digits are lost if a mean is large.
 *
 * @param m2 sums of squared distances from the mean
 */
@DefaultSerializer(JavaSerializer.class)
public record FeatureStatistics(long count, double[] means, double[] m2) implements Serializable {

  public static FeatureStatistics none(int width) {
    return new FeatureStatistics(0, new double[width], new double[width]);
  }

  public static FeatureStatistics of(Examples block) {
    int width = block.width();
    double[] means = new double[width];
    double[] spreads = new double[width];
    float[] seen = new float[width];
    for (int row = 0; row < block.count(); row++) {
      block.features().write(row, seen, 0);
      for (int i = 0; i < width; i++) {
        double distance = seen[i] - means[i];
        means[i] += distance / (row + 1);
        spreads[i] += distance * (seen[i] - means[i]);
      }
    }
    return new FeatureStatistics(block.count(), means, spreads);
  }

  public FeatureStatistics plus(FeatureStatistics other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long all = count + other.count;
    double[] sumMeans = new double[means.length];
    double[] sumSpreads = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      double distance = other.means[i] - means[i];
      sumMeans[i] = means[i] + distance * other.count / all;
      sumSpreads[i] =
          m2[i] + other.m2[i] + distance * distance * ((double) count * other.count / all);
    }
    return new FeatureStatistics(all, sumMeans, sumSpreads);
  }

  /** Mean of all numbers. */
  public double mean() {
    return Arrays.stream(means).average().orElse(0);
  }

  /** Deviation of all numbers from their one mean. */
  public double deviation() {
    double mean = mean();
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      sum += m2[i] / count + (means[i] - mean) * (means[i] - mean);
    }
    return Math.sqrt(sum / means.length);
  }

  /** Deviation of one number, over the examples. */
  public double deviation(int i) {
    return Math.sqrt(m2[i] / count);
  }
}
