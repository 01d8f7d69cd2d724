package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The counts of the different values of a column, for quantiles. They are exact until there are
 * more than {@value #EXACT}; then each value counts as the middle of its bucket, which differs by
 * at most one part in 1024 (buckets of equal relative width, as in Masson, Rim and Lee 2019,
 * "DDSketch"). They depend on the values alone, not on their order or on how they are divided into
 * parts.
 */
@DefaultSerializer(JavaSerializer.class)
public final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 3L;

  public static final int EXACT = 10_000;
  private static final int DROPPED_BITS = 52 - 9; // of the mantissa
  private static final int FIRST_CAPACITY = 16;
  private static final int NEIGHBOUR_BITS = 3;
  // The golden ratio: Knuth, "The Art of Computer Programming", volume 3, section 6.4.
  private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
  private static final int FLOAT = 1;
  private static final int SMALL = 2;
  private static final int LONGEST = 1 + Double.BYTES + Long.BYTES; // of a value and its count

  // A hash table of primitive types, because a map of boxed numbers takes ten times as long.
  private transient double[] values = new double[FIRST_CAPACITY];
  private transient long[] counts = new long[FIRST_CAPACITY]; // 0 at free places
  private transient int size;
  private transient boolean isExact = true;

  /**
   * Counts a value.
   *
   * @param value a number other than NaN and -0
   * @param times at least 1
   */
  public void add(double value, long times) {
    double counted = isExact ? value : middle(value);
    int place = place(counted);
    if (counts[place] == 0) {
      values[place] = counted;
      size++;
    }
    counts[place] += times;
    if (isExact && size > EXACT) {
      round();
    } else if (3 * size > 2 * values.length) {
      move(2 * values.length);
    }
  }

  private static double middle(double value) {
    long bucket = Double.doubleToRawLongBits(value) >> DROPPED_BITS;
    return value == 0
        ? 0
        : Double.longBitsToDouble(bucket << DROPPED_BITS | 1L << (DROPPED_BITS - 1));
  }

  /** Returns the place of a value, or the free place where it belongs. */
  private int place(double value) {
    int mask = values.length - 1;
    // Neighbouring buckets have neighbouring places, which a cache of the processor reads at once.
    int neighbours = isExact ? 0 : NEIGHBOUR_BITS;
    long key = Double.doubleToRawLongBits(value) >> (isExact ? 0 : DROPPED_BITS);
    // The first bits of the product depend on all bits of the key, the last ones do not.
    long product = (key >> neighbours) * MULTIPLIER;
    int group = (int) (product >>> (Long.SIZE - Integer.bitCount(mask) + neighbours));
    int place = (group << neighbours) + ((int) key & ((1 << neighbours) - 1));
    while (counts[place] != 0 && values[place] != value) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Counts each value as the middle of its bucket from now on. */
  private void round() {
    if (isExact) {
      isExact = false;
      move(FIRST_CAPACITY);
    }
  }

  private void move(int capacity) {
    double[] oldValues = values;
    long[] oldCounts = counts;
    clear(capacity);
    for (int i = 0; i < oldValues.length; i++) {
      if (oldCounts[i] != 0) {
        add(oldValues[i], oldCounts[i]);
      }
    }
  }

  private void clear(int capacity) {
    values = new double[capacity];
    counts = new long[capacity];
    size = 0;
  }

  /** Adds other counts. */
  public void add(ValueCounts other) {
    if (!other.isExact) {
      round();
    }
    for (double value : other.values()) {
      add(value, other.counts[other.place(value)]);
    }
  }

  public boolean areEmpty() {
    return size == 0;
  }

  private double[] values() {
    return IntStream.range(0, values.length)
        .filter(place -> counts[place] != 0)
        .mapToDouble(place -> values[place])
        .toArray();
  }

  /**
   * Returns the middles of the buckets of all values in ascending order. All values count as these
   * from now on.
   */
  public Sorted rounded() {
    round();
    return sorted();
  }

  /** Returns the largest value in the bucket of a value. */
  public static double upperEdge(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long dropped = (1L << DROPPED_BITS) - 1;
    return Double.longBitsToDouble(value > 0 ? bits | dropped : bits & ~dropped);
  }

  /** Returns the values in ascending order for quantiles. */
  public Sorted sorted() {
    double[] sorted = values();
    Arrays.sort(sorted);
    long[] ends = new long[sorted.length];
    long end = 0;
    for (int i = 0; i < sorted.length; i++) {
      end += counts[place(sorted[i])];
      ends[i] = end;
    }
    return new Sorted(sorted, ends);
  }

  // The counts without free places, and as one array of bytes: Java writes numbers one by one much
  // slower.
  private void writeObject(ObjectOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 + size * LONGEST);
    bytes.put((byte) (isExact ? 1 : 0));
    for (double value : values()) {
      long count = counts[place(value)];
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
    isExact = bytes.get() == 1;
    clear(FIRST_CAPACITY);
    while (bytes.hasRemaining()) {
      byte kind = bytes.get();
      double value = (kind & FLOAT) != 0 ? bytes.getFloat() : bytes.getDouble();
      add(value, (kind & SMALL) != 0 ? bytes.get() : bytes.getLong());
    }
  }

  /**
   * The values in ascending order.
   *
   * @param ends the number of values up to each value
   */
  public record Sorted(double[] values, long[] ends) {
    /** Returns the number of values. */
    public long count() {
      return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /** Returns the same values, each counted once. */
    public Sorted once() {
      return new Sorted(values, LongStream.rangeClosed(1, values.length).toArray());
    }

    /** Returns how often each value was counted. */
    public double[] times() {
      return IntStream.range(0, ends.length)
          .mapToDouble(i -> ends[i] - (i == 0 ? 0 : ends[i - 1]))
          .toArray();
    }

    /**
     * Returns a quantile, interpolated linearly between two values as NumPy does.
     *
     * @param transform a monotone function of the values
     */
    public double quantile(double fraction, DoubleUnaryOperator transform) {
      double position = fraction * (count() - 1);
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
