package io.meanfield.evaluate.slice;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Sums over the rows of one slice.
 *
 * @param sums rows, weights, squared weights, weights of class 1 and of rows that are predicted to
 *     be of class 1; then of each {@link Quantity} its weighted sum and that of its squares
 */
@DefaultSerializer(JavaSerializer.class)
record SliceSums(double[] sums) implements Serializable {
  private static final int ROWS = 0;
  private static final int WEIGHT = 1;
  private static final int SQUARED_WEIGHT = 2;
  private static final int ACTUAL = 3;
  private static final int PREDICTED = 4;
  private static final int LENGTH = 13;

  /** What is averaged over rows. */
  enum Quantity {
    LOSS(5),
    SQUARED_ERROR(7),
    ABSOLUTE_ERROR(9),
    /** Output minus target, or probability of class 1 minus 1 or 0. */
    ERROR(11);

    private final int index;

    Quantity(int index) {
      this.index = index;
    }
  }

  static SliceSums none() {
    return new SliceSums(new double[LENGTH]);
  }

  void add(PredictionBlock block, int row) {
    double weight = block.weight(row);
    OutputSpec spec = block.spec();
    sums[ROWS]++;
    sums[WEIGHT] += weight;
    sums[SQUARED_WEIGHT] += weight * weight;
    if (spec.hasTwoClasses()) {
      sums[ACTUAL] += block.actual(row) == 1 ? weight : 0;
      sums[PREDICTED] += block.predicted(row) == 1 ? weight : 0;
    }
    add(Quantity.LOSS, block.loss(row), weight);
    add(Quantity.SQUARED_ERROR, block.squaredError(row), weight);
    add(Quantity.ABSOLUTE_ERROR, block.absoluteError(row), weight);
    add(Quantity.ERROR, error(block, row), weight);
  }

  private static double error(PredictionBlock block, int row) {
    return block.spec().hasTwoClasses()
        ? (double) block.score(row, 1) - block.actual(row)
        : (double) block.outputs(row)[0] - block.targets(row)[0];
  }

  private void add(Quantity quantity, double value, double weight) {
    sums[quantity.index] += weight * value;
    sums[quantity.index + 1] += weight * value * value;
  }

  /** Returns the sums of each slice over all parts, in the order of the parts. */
  static List<SliceSums> total(List<SliceSums[]> parts, int slices) {
    SliceSums[] total = new SliceSums[slices];
    Arrays.setAll(total, slice -> none());
    for (SliceSums[] part : parts) {
      for (int slice = 0; slice < slices; slice++) {
        double[] sum = total[slice].sums;
        double[] more = part[slice].sums;
        Arrays.setAll(sum, i -> sum[i] + more[i]);
      }
    }
    return List.of(total);
  }

  long rows() {
    return (long) sums[ROWS];
  }

  boolean hasWeight() {
    return sums[WEIGHT] > 0;
  }

  /** Returns whether a row is predicted to be of class 1. */
  boolean isPredicted() {
    return sums[PREDICTED] > 0;
  }

  /** Returns whether a row is of class 1. */
  boolean isActual() {
    return sums[ACTUAL] > 0;
  }

  private double effectiveRows() {
    return sums[WEIGHT] * sums[WEIGHT] / sums[SQUARED_WEIGHT];
  }

  double mean(Quantity quantity) {
    return sums[quantity.index] / sums[WEIGHT];
  }

  Interval interval(Quantity quantity) {
    double mean = mean(quantity);
    double variance = sums[quantity.index + 1] / sums[WEIGHT] - mean * mean;
    return Interval.ofMean(mean, variance, effectiveRows());
  }

  /** Returns the interval of a share of the rows. */
  Interval ofAll(double share) {
    return Interval.ofShare(share, effectiveRows());
  }

  /** Returns the interval of a share of the rows of class 1. */
  Interval ofActual(double share) {
    return Interval.ofShare(share, effectiveRows() * sums[ACTUAL] / sums[WEIGHT]);
  }

  /** Returns the interval of a share of the rows that are predicted to be of class 1. */
  Interval ofPredicted(double share) {
    return Interval.ofShare(share, effectiveRows() * sums[PREDICTED] / sums[WEIGHT]);
  }

  Interval ofArea(double area) {
    double positives = effectiveRows() * sums[ACTUAL] / sums[WEIGHT];
    return Interval.ofArea(area, positives, effectiveRows() - positives);
  }
}
