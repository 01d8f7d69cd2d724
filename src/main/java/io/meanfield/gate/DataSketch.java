package io.meanfield.gate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.PixelScale;
import io.meanfield.data.Targets;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The sum of a pass over examples. Its memory does not depend on their number. Every part is a
 * count, a minimum or a maximum, so the result does not depend on partitions.
 */
@DefaultSerializer(JavaSerializer.class)
final class DataSketch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ValueSketch[] numbers;
  private final long[][] categories;
  private final long[] labels;
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
  }

  /** Returns the sketch of a partition. */
  static DataSketch of(Iterator<Examples> blocks, ProfileLayout layout) {
    DataSketch sketch = new DataSketch(layout);
    blocks.forEachRemaining(block -> sketch.add(block, layout));
    return sketch;
  }

  private void add(Examples block, ProfileLayout layout) {
    if (block.features() instanceof Features.Pixels images) {
      addImages(images, block.count());
    } else {
      addRows(block, layout);
    }
    if (block.targets() instanceof Targets.Values targets) {
      for (int i = 0; i < block.count() * targets.width(); i++) {
        numbers[layout.features() + i % targets.width()].add(targets.values()[i]);
      }
    }
    if (labels.length > 0) {
      for (int row = 0; row < block.count(); row++) {
        labels[block.label(row)]++;
      }
    }
    examples += block.count();
  }

  private void addRows(Examples block, ProfileLayout layout) {
    float[] inputs = new float[layout.width()];
    for (int row = 0; row < block.count(); row++) {
      block.features().write(row, inputs, 0);
      for (int i = 0; i < layout.features(); i++) {
        numbers[i].add(inputs[i]);
      }
      for (int i = 0; i < categories.length; i++) {
        long[] counts = categories[i];
        layout
            .categories()
            .get(i)
            .code(inputs, layout.features())
            .ifPresent(code -> counts[code]++);
      }
    }
  }

  // Sums whole numbers, so that no order of adding rounds differently.
  private void addImages(Features.Pixels images, int count) {
    for (int image = 0; image < count; image++) {
      long sum = 0;
      for (int i = image * images.width(); i < (image + 1) * images.width(); i++) {
        sum += images.values()[i] & 0xff;
      }
      numbers[0].add((float) (sum / ((double) PixelScale.MAX_PIXEL * images.width())));
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
}
