package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Mean and deviation of each number that a network sees, over examples; sums of blocks are combined
 * as by Chan, Golub and LeVeque 1979, so nothing is lost where a mean is large.
 *
 * @param spreads sums of squared distances from the mean
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record Moments(long count, double[] means, double[] spreads) implements Serializable {

  static Moments none(int width) {
    return new Moments(0, new double[width], new double[width]);
  }

  static Moments of(Examples block) {
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
    return new Moments(block.count(), means, spreads);
  }

  Moments plus(Moments other) {
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
          spreads[i]
              + other.spreads[i]
              + distance * distance * ((double) count * other.count / all);
    }
    return new Moments(all, sumMeans, sumSpreads);
  }

  /** Mean of all numbers. */
  double mean() {
    return Arrays.stream(means).average().orElse(0);
  }

  /** Deviation of all numbers from their one mean. */
  double deviation() {
    double mean = mean();
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      sum += spreads[i] / count + (means[i] - mean) * (means[i] - mean);
    }
    return Math.sqrt(sum / means.length);
  }

  /** Deviation of one number, over the examples. */
  double deviation(int i) {
    return Math.sqrt(spreads[i] / count);
  }
}
