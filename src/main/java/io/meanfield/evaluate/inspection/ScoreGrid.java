package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of the examples of both classes by the probability of class 1, in {@value #BINS} bins
 * of equal width on the scale of the logit, which is as fine near 0 and 1 as the scores of rare
 * classes require.
 */
@DefaultSerializer(JavaSerializer.class)
final class ScoreGrid implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 2048;
  private static final double LARGEST_LOGIT = 16;

  // Empty until the first example: most tasks have no scores, and every partition has a grid.
  private double[] positives = new double[0];
  private double[] negatives = new double[0];

  /**
   * The examples of a bin.
   *
   * @param lower the smallest probability of the bin
   */
  record Bin(double lower, double positives, double negatives) {}

  void add(double probability, boolean positive, double weight) {
    allocate();
    (positive ? positives : negatives)[bin(probability)] += weight;
  }

  private void allocate() {
    if (positives.length == 0) {
      positives = new double[BINS];
      negatives = new double[BINS];
    }
  }

  void merge(ScoreGrid other) {
    if (other.positives.length > 0) {
      allocate();
    }
    for (int bin = 0; bin < other.positives.length; bin++) {
      positives[bin] += other.positives[bin];
      negatives[bin] += other.negatives[bin];
    }
  }

  private static int bin(double probability) {
    double logit = StrictMath.log(probability / (1 - probability));
    double position = (logit + LARGEST_LOGIT) / (2 * LARGEST_LOGIT) * BINS;
    return (int) Math.max(0, Math.min(position, BINS - 1.0));
  }

  private static double lower(int bin) {
    double logit = 2 * LARGEST_LOGIT * bin / BINS - LARGEST_LOGIT;
    return bin == 0 ? 0 : 1 / (1 + StrictMath.exp(-logit));
  }

  /** Returns the bins that have examples, from the largest probability to the smallest. */
  List<Bin> descending() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = positives.length - 1; bin >= 0; bin--) {
      if (positives[bin] + negatives[bin] > 0) {
        bins.add(new Bin(lower(bin), positives[bin], negatives[bin]));
      }
    }
    return bins;
  }
}
