package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The counts of the different values of a column, for quantiles. They are exact until there are
 * more than {@value #EXACT}; then each value counts as the middle of its bucket, which differs by
 * at most one part in 8192 (buckets of equal relative width, as in Masson, Rim and Lee 2019,
 * "DDSketch"). They depend on the values alone, not on their order or on how they are divided into
 * parts.
 */
@DefaultSerializer(JavaSerializer.class)
final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 2L;
  static final int EXACT = 10_000;
  private static final int FLOAT = 1;
  private static final int SMALL = 2;
  private static final int LONGEST = 1 + Double.BYTES + Long.BYTES; // of a value and its count

  private transient Counts counts = new DistinctCounts();

  /**
   * Counts a value.
   *
   * @param value a number other than NaN and -0
   * @param times at least 1
   */
  void add(double value, long times) {
    counts.add(value, times);
    if (counts instanceof DistinctCounts distinct && distinct.size() > EXACT) {
      round();
    }
  }

  /** Adds other counts. */
  void add(ValueCounts other) {
    if (!other.areExact()) {
      round();
    }
    other.counts.forEach(this::add);
  }

  boolean areEmpty() {
    return counts instanceof DistinctCounts distinct && distinct.size() == 0;
  }

  /** Returns whether each value counts as itself. */
  boolean areExact() {
    return counts instanceof DistinctCounts;
  }

  /** Counts each value as the middle of its bucket from now on. */
  private void round() {
    if (areExact()) {
      Counts rounded = new BucketCounts();
      counts.forEach(rounded::add);
      counts = rounded;
    }
  }

  private double[] values() {
    DoubleStream.Builder found = DoubleStream.builder();
    counts.forEach((value, count) -> found.add(value));
    return found.build().toArray();
  }

  /** Returns the values in ascending order for quantiles. */
  Sorted sorted() {
    double[] values = values();
    Arrays.sort(values);
    long[] ends = new long[values.length];
    long end = 0;
    for (int i = 0; i < values.length; i++) {
      end += counts.count(values[i]);
      ends[i] = end;
    }
    return new Sorted(values, ends);
  }

  // The counts alone, without the free places of the table and the pages, and as one array of
  // bytes: Java writes numbers one by one much slower.
  private void writeObject(ObjectOutputStream out) throws IOException {
    double[] values = values();
    ByteBuffer bytes = ByteBuffer.allocate(1 + values.length * LONGEST);
    bytes.put((byte) (areExact() ? 1 : 0));
    for (double value : values) {
      long count = counts.count(value);
      // As a float if it is one, and so is the middle of a bucket in the range of a float; most
      // counts are small.
      boolean isFloat = value == (float) value;
      boolean isSmall = count <= Byte.MAX_VALUE;
      bytes.put((byte) ((isFloat ? FLOAT : 0) | (isSmall ? SMALL : 0)));
      if (isFloat) {
        bytes.putFloat((float) value);
      } else {
        bytes.putDouble(value);
      }
      if (isSmall) {
        bytes.put((byte) count);
      } else {
        bytes.putLong(count);
      }
    }
    out.writeObject(Arrays.copyOf(bytes.array(), bytes.position()));
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    ByteBuffer bytes = ByteBuffer.wrap((byte[]) in.readObject());
    counts = bytes.get() == 1 ? new DistinctCounts() : new BucketCounts();
    while (bytes.hasRemaining()) {
      byte kind = bytes.get();
      double value = (kind & FLOAT) != 0 ? bytes.getFloat() : bytes.getDouble();
      counts.add(value, (kind & SMALL) != 0 ? bytes.get() : bytes.getLong());
    }
  }

  /**
   * The values in ascending order.
   *
   * @param ends the number of values up to each value
   */
  record Sorted(double[] values, long[] ends) {
    /** Returns how often each value was counted. */
    double[] times() {
      return IntStream.range(0, ends.length)
          .mapToDouble(i -> ends[i] - (i == 0 ? 0 : ends[i - 1]))
          .toArray();
    }

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
