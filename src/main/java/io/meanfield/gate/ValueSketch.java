package io.meanfield.gate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The approximate distribution of the values of one column: counts of buckets whose width is 0.2 %
 * of their values, as in DDSketch (Masson, Rim and Lee 2019), here by the leading bits of a float.
 * Counts are whole numbers, so a sum of sketches does not depend on the order of adding.
 */
@DefaultSerializer(JavaSerializer.class)
final class ValueSketch implements Serializable {
  private static final long serialVersionUID = 2L;

  // A bucket has the same sign, exponent and first 9 bits of the mantissa; 64 of them are a page.
  private static final int DROPPED_BITS = 14;
  private static final int PAGE_BITS = 6;
  private static final int PAGE = 1 << PAGE_BITS;

  private final SortedMap<Integer, long[]> pages = new TreeMap<>();
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  /** Adds a finite value; NaN is a missing value, which is not part of the distribution. */
  void add(float value) {
    if (Float.isNaN(value)) {
      return;
    }
    int bucket = bucket(value);
    page(bucket >> PAGE_BITS)[bucket & (PAGE - 1)]++;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  private static int bucket(float value) {
    return ordered(Float.floatToIntBits(value)) >> DROPPED_BITS;
  }

  // Maps the bits of floats to integers of the same order; it is its own inverse.
  private static int ordered(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  private long[] page(int index) {
    return pages.computeIfAbsent(index, each -> new long[PAGE]);
  }

  /** Adds the values of another sketch. */
  void add(ValueSketch other) {
    other.pages.forEach(
        (index, added) -> {
          long[] page = page(index);
          for (int i = 0; i < PAGE; i++) {
            page[i] += added[i];
          }
        });
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
   * Returns bins with about the same number of values, whose edges are those of buckets; below and
   * above them are a first and a last bin without values.
   */
  Histogram histogram(int bins) {
    List<Double> edges = new ArrayList<>();
    List<Long> counts = new ArrayList<>(List.of(0L));
    long total = total();
    long[] sums = new long[2]; // of all values until now, and of the bin that is filled
    long[] end = {1}; // of that bin, in parts of all values
    forEach(
        (bucket, count) -> {
          if (edges.isEmpty()) {
            edges.add(upperEdge(bucket - 1));
          }
          sums[0] += count;
          sums[1] += count;
          if (sums[0] * bins >= total * end[0]) {
            edges.add(upperEdge(bucket));
            counts.add(sums[1]);
            sums[1] = 0;
            end[0] = sums[0] * bins / total + 1;
          }
        });
    if (edges.isEmpty()) {
      edges.add(0.0); // all values are missing
    }
    counts.add(0L);
    return new Histogram(edges, counts);
  }

  /**
   * Returns the counts between edges.
   *
   * @param edges the edges of a histogram that a sketch has made
   */
  Histogram histogram(List<Double> edges) {
    long[] counts = new long[edges.size() + 1];
    double[] ascending = edges.stream().mapToDouble(Double::doubleValue).toArray();
    forEach((bucket, count) -> counts[Histogram.bin(ascending, upperEdge(bucket))] += count);
    return Histogram.of(ascending, counts);
  }

  /** Visits buckets with values in ascending order. */
  private interface Visitor {
    void visit(int bucket, long count);
  }

  private void forEach(Visitor visitor) {
    for (Map.Entry<Integer, long[]> page : pages.entrySet()) {
      for (int i = 0; i < PAGE; i++) {
        if (page.getValue()[i] > 0) {
          visitor.visit((page.getKey() << PAGE_BITS) + i, page.getValue()[i]);
        }
      }
    }
  }

  private long total() {
    long[] sum = new long[1];
    forEach((bucket, count) -> sum[0] += count);
    return sum[0];
  }

  private static double upperEdge(int bucket) {
    return Float.intBitsToFloat(ordered(bucket << DROPPED_BITS | ((1 << DROPPED_BITS) - 1)));
  }
}
