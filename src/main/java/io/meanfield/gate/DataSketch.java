package io.meanfield.gate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.PixelScale;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The sum of a first pass over examples. Its memory does not depend on their number. Every part is
 * a count, a minimum or a maximum, so the result does not depend on partitions.
 */
@DefaultSerializer(JavaSerializer.class)
final class DataSketch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ValueSketch[] numbers;
  private final long[][] categories;
  private final long[] labels;
  private final long[] pixels; // by value; empty for tables
  private long examples;

  DataSketch(ProfileLayout layout) {
    numbers =
        Stream.generate(ValueSketch::new)
            .limit(layout.numbers().size())
            .toArray(ValueSketch[]::new);
    categories =
        layout.categories().stream()
            .map(category -> new long[category.codes()])
            .toArray(long[][]::new);
    labels = new long[layout.classes().size()];
    pixels = new long[layout.images() ? PixelScale.MAX_PIXEL + 1 : 0];
  }

  /** Returns the sketch of a partition. */
  static DataSketch of(Iterator<Examples> blocks, ProfileLayout layout) {
    DataSketch sketch = new DataSketch(layout);
    ProfileRow row = new ProfileRow(layout);
    blocks.forEachRemaining(block -> sketch.add(block, row));
    return sketch;
  }

  private void add(Examples block, ProfileRow values) {
    for (int row = 0; row < block.count(); row++) {
      values.read(block, row);
      add(values);
      if (labels.length > 0) {
        labels[block.label(row)]++;
      }
    }
    examples += block.count();
    if (block.features() instanceof Features.Pixels images) {
      for (int i = 0; i < images.length(); i++) {
        pixels[images.values()[i] & 0xff]++;
      }
    }
  }

  private void add(ProfileRow values) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].add(values.number(i));
    }
    for (int i = 0; i < categories.length; i++) {
      long[] counts = categories[i];
      values.code(i).ifPresent(code -> counts[code]++);
    }
  }

  /** Adds the examples of another sketch and returns this one. */
  DataSketch plus(DataSketch other) {
    for (int i = 0; i < categories.length; i++) {
      long[] counts = categories[i];
      long[] added = other.categories[i];
      Arrays.setAll(counts, code -> counts[code] + added[code]);
    }
    Arrays.setAll(labels, i -> labels[i] + other.labels[i]);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i].add(other.numbers[i]);
    }
    Arrays.setAll(pixels, value -> pixels[value] + other.pixels[value]);
    examples += other.examples;
    return this;
  }

  long examples() {
    return examples;
  }

  ValueSketch number(int i) {
    return numbers[i];
  }

  /** Returns how many examples have a code of categorical column {@code i}. */
  long category(int i, int code) {
    return categories[i][code];
  }

  long label(int cls) {
    return labels[cls];
  }

  /** Returns how often each value of a pixel occurs; empty for tables. */
  long[] pixels() {
    return pixels;
  }
}
