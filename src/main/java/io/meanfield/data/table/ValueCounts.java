package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * The counts of the different values of a column, for quantiles. Up to {@value #EXACT} values are
 * exact. If there are more, each counts as the middle of its bucket, which differs by at most one
 * part in 8192 (buckets of equal relative width, as in Masson, Rim and Lee 2019, "DDSketch"). The
 * counts depend on the values alone, not on their order or on how they are divided into parts.
 */
@DefaultSerializer(JavaSerializer.class)
final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int EXACT = 10_000;
  // The bits of a double below the 12 first bits of its mantissa.
  private static final int DROPPED_BITS = 40;

  private final HashMap<Double, Long> counts = new HashMap<>();
  private boolean rounded;

  void add(double value) {
    count(rounded ? bucket(value) : value + 0.0, 1); // adding 0 makes -0 and 0 the same value
    roundIfMany();
  }

  void add(ValueCounts other) {
    if (other.rounded) {
      round();
    }
    other.counts.forEach((value, count) -> count(rounded ? bucket(value) : value, count));
    roundIfMany();
  }

  private void count(double value, long count) {
    counts.merge(value, count, Long::sum);
  }

  private void roundIfMany() {
    if (!rounded && counts.size() > EXACT) {
      round();
    }
  }

  private void round() {
    rounded = true;
    Map<Double, Long> exact = new HashMap<>(counts);
    counts.clear();
    exact.forEach((value, count) -> count(bucket(value), count));
  }

  /** Returns the middle of the bucket of a value. */
  static double bucket(double value) {
    if (value == 0) {
      return 0;
    }
    long first = Double.doubleToRawLongBits(value) >> DROPPED_BITS << DROPPED_BITS;
    return Double.longBitsToDouble(first | 1L << (DROPPED_BITS - 1));
  }

  /** Returns the values in ascending order for quantiles. */
  Sorted sorted() {
    TreeMap<Double, Long> ascending = new TreeMap<>(counts);
    double[] values = new double[ascending.size()];
    long[] ends = new long[values.length];
    long end = 0;
    int i = 0;
    for (Map.Entry<Double, Long> value : ascending.entrySet()) {
      end += value.getValue();
      values[i] = value.getKey();
      ends[i++] = end;
    }
    return new Sorted(values, ends);
  }

  /**
   * The values in ascending order.
   *
   * @param ends the number of values up to each value
   */
  record Sorted(double[] values, long[] ends) {
    /**
     * Returns a quantile, interpolated linearly between two values as NumPy does.
     *
     * @param transform a monotone function of the values
     */
    double quantile(double fraction, DoubleUnaryOperator transform) {
      double position = fraction * (ends[ends.length - 1] - 1);
      long below = (long) Math.floor(position);
      double low = transform.applyAsDouble(at(below));
      double high = transform.applyAsDouble(at((long) Math.ceil(position)));
      return low + (position - below) * (high - low);
    }

    private double at(long position) {
      int found = Arrays.binarySearch(ends, position + 1);
      return values[found >= 0 ? found : -found - 1];
    }
  }
}
