package io.meanfield.gate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The approximate distribution of the values of one column: counts of buckets whose width is 3 % of
 * their values, as in DDSketch (Masson, Rim and Lee 2019), here by the leading bits of a float.
 * Counts are whole numbers, so a sum of sketches does not depend on the order of adding.
 */
@DefaultSerializer(JavaSerializer.class)
final class ValueSketch implements Serializable {
  private static final long serialVersionUID = 1L;

  // A bucket has the same sign, exponent and first 5 bits of the mantissa; a page has an exponent.
  private static final int DROPPED_BITS = 18;
  private static final int PAGE_BITS = 5;
  private static final int PAGES = 1 << (Float.SIZE - DROPPED_BITS - PAGE_BITS);

  private final long[][] pages = new long[PAGES][];
  private long count;
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  /** Adds a finite value; NaN is a missing value, which is not part of the distribution. */
  void add(float value) {
    if (Float.isNaN(value)) {
      return;
    }
    int bucket = (ordered(Float.floatToIntBits(value)) >> DROPPED_BITS) + PAGES * pageSize() / 2;
    page(bucket >> PAGE_BITS)[bucket & (pageSize() - 1)]++;
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  // Maps the bits of floats to integers of the same order; it is its own inverse.
  private static int ordered(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private static int pageSize() {
    return 1 << PAGE_BITS;
  }

  private long[] page(int index) {
    if (pages[index] == null) {
      pages[index] = new long[pageSize()];
    }
    return pages[index];
  }

  /** Adds the values of another sketch. */
  void add(ValueSketch other) {
    for (int index = 0; index < PAGES; index++) {
      if (other.pages[index] != null) {
        long[] page = page(index);
        long[] added = other.pages[index];
        Arrays.setAll(page, i -> page[i] + added[i]);
      }
    }
    count += other.count;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
  }

  float min() {
    return min;
  }

  float max() {
    return max;
  }

  /**
   * Returns the edges of bins with about the same number of values, and below and above them the
   * limits of all values: the first bin and the last bin contain no value. Inside a bucket, values
   * are taken as uniformly distributed.
   */
  double[] quantileEdges(int bins) {
    if (count == 0) {
      return new double[] {0};
    }
    double[] edges = new double[bins + 1];
    edges[0] = Math.nextDown(min);
    edges[bins] = max;
    long below = 0;
    int next = 1;
    for (int bucket = 0; bucket < PAGES * pageSize(); bucket++) {
      long here = count(bucket);
      for (; next < bins && below + here >= target(next, bins) && here > 0; next++) {
        edges[next] = inside(bucket, (target(next, bins) - below) / here);
      }
      below += here;
    }
    return Arrays.stream(edges).distinct().toArray();
  }

  private double target(int edge, int bins) {
    return (double) count * edge / bins;
  }

  private long count(int bucket) {
    long[] page = pages[bucket >> PAGE_BITS];
    return page == null ? 0 : page[bucket & (pageSize() - 1)];
  }

  private double inside(int bucket, double share) {
    int first = (bucket - PAGES * pageSize() / 2) << DROPPED_BITS;
    double low = Math.max(min, Float.intBitsToFloat(ordered(first)));
    double high = Math.min(max, Float.intBitsToFloat(ordered(first | ((1 << DROPPED_BITS) - 1))));
    return low + (high - low) * share;
  }
}
