package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The mean and standard deviation of each feature over the examples. The statistics of blocks are
 * combined as in Chan, Golub and LeVeque 1979, which loses no digits if a mean is large.
 *
 * @param m2 the sum of squared distances from the mean, for each feature
 */
@DefaultSerializer(JavaSerializer.class)
public record FeatureStatistics(long count, double[] means, double[] m2) implements Serializable {

  public static FeatureStatistics none(int width) {
    return new FeatureStatistics(0, new double[width], new double[width]);
  }

  public static FeatureStatistics of(Examples block) {
    int width = block.width();
    double[] means = new double[width];
    double[] squares = new double[width];
    float[] values = new float[width];
    for (int row = 0; row < block.count(); row++) {
      block.features().write(row, values, 0);
      for (int i = 0; i < width; i++) {
        double distance = values[i] - means[i];
        means[i] += distance / (row + 1);
        squares[i] += distance * (values[i] - means[i]);
      }
    }
    return new FeatureStatistics(block.count(), means, squares);
  }

  public FeatureStatistics plus(FeatureStatistics other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long all = count + other.count;
    double[] sumMeans = new double[means.length];
    double[] sumSquares = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      double distance = other.means[i] - means[i];
      sumMeans[i] = means[i] + distance * other.count / all;
      sumSquares[i] =
          m2[i] + other.m2[i] + distance * distance * ((double) count * other.count / all);
    }
    return new FeatureStatistics(all, sumMeans, sumSquares);
  }

  /** The mean of all features. */
  public double mean() {
    return Arrays.stream(means).average().orElse(0);
  }

  /** The standard deviation of all features from {@link #mean()}. */
  public double deviation() {
    double mean = mean();
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      sum += m2[i] / count + (means[i] - mean) * (means[i] - mean);
    }
    return Math.sqrt(sum / means.length);
  }

  /** The standard deviation of feature {@code i}. */
  public double deviation(int i) {
    return Math.sqrt(m2[i] / count);
  }
}
