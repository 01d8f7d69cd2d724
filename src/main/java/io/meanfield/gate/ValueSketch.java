package io.meanfield.gate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.ValueCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The approximate distribution of the values of one column: counts of buckets whose width is 0.2 %
 * of their values. A sum of sketches does not depend on the order of adding.
 */
@DefaultSerializer(JavaSerializer.class)
final class ValueSketch implements Serializable {
  private static final long serialVersionUID = 3L;

  private final ValueCounts counts = new ValueCounts();
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  /** Adds a finite value; NaN is a missing value, which is not part of the distribution. */
  void add(float value) {
    if (!Float.isNaN(value)) {
      counts.add(value + 0.0, 1); // adding 0 makes -0 and 0 the same value
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }

  /** Adds the values of another sketch. */
  void add(ValueSketch other) {
    counts.add(other.counts);
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
    ValueCounts.Sorted buckets = counts.rounded();
    if (buckets.count() == 0) {
      return new Histogram(List.of(0.0), List.of(0L, 0L)); // all values are missing
    }
    double least = -ValueCounts.upperEdge(-buckets.values()[0]);
    List<Double> edges = new ArrayList<>(List.of(Math.nextDown(least)));
    List<Long> inBins = new ArrayList<>(List.of(0L));
    long counted = 0;
    long end = 1; // of the bin that is filled, in parts of all values
    for (int i = 0; i < buckets.values().length; i++) {
      long sum = buckets.ends()[i];
      if (sum * bins >= buckets.count() * end) {
        edges.add(ValueCounts.upperEdge(buckets.values()[i]));
        inBins.add(sum - counted);
        counted = sum;
        end = sum * bins / buckets.count() + 1;
      }
    }
    inBins.add(0L);
    return new Histogram(edges, inBins);
  }

  /**
   * Returns the counts between edges.
   *
   * @param edges the edges of a histogram that a sketch has made
   */
  Histogram histogram(List<Double> edges) {
    ValueCounts.Sorted buckets = counts.rounded();
    double[] times = buckets.times();
    long[] inBins = new long[edges.size() + 1];
    double[] ascending = edges.stream().mapToDouble(Double::doubleValue).toArray();
    for (int i = 0; i < times.length; i++) {
      inBins[Histogram.bin(ascending, buckets.values()[i])] += (long) times[i];
    }
    return new Histogram(edges, Arrays.stream(inBins).boxed().toList());
  }
}
