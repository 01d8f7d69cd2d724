package io.meanfield.gate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Features;
import io.meanfield.data.PixelScale;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The pixels of images: how often each value occurs, and which pixels are always the same. */
@DefaultSerializer(JavaSerializer.class)
final class PixelSketch implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 16;
  private static final int VALUES = PixelScale.MAX_PIXEL + 1;

  private final long[] counts = new long[VALUES];
  private final int[] min;
  private final int[] max;

  PixelSketch(int width) {
    this.min = new int[width];
    this.max = new int[width];
    Arrays.fill(min, PixelScale.MAX_PIXEL);
  }

  void add(Features.Pixels pixels) {
    for (int i = 0; i < pixels.length(); i++) {
      int value = pixels.values()[i] & 0xff;
      int place = i % min.length;
      counts[value]++;
      min[place] = Math.min(min[place], value);
      max[place] = Math.max(max[place], value);
    }
  }

  void add(PixelSketch other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
    Arrays.setAll(min, i -> Math.min(min[i], other.min[i]));
    Arrays.setAll(max, i -> Math.max(max[i], other.max[i]));
  }

  ImageProfile profile(List<Integer> shape) {
    int size = VALUES / BINS;
    double[] edges = IntStream.range(1, BINS).mapToDouble(bin -> bin * size - 1).toArray();
    long[] bins = new long[BINS];
    IntStream.range(0, VALUES).forEach(value -> bins[value / size] += counts[value]);
    long constant = IntStream.range(0, min.length).filter(i -> min[i] >= max[i]).count();
    return new ImageProfile(shape, Histogram.of(edges, bins), constant);
  }
}
