package io.meanfield.gate;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.PixelScale;
import io.meanfield.data.Targets;
import java.util.OptionalInt;

/** The values of one example that a profile counts; one object serves the rows of a task. */
final class ProfileRow {
  private final ProfileLayout layout;
  private final float[] inputs;
  private final float[] numbers;

  ProfileRow(ProfileLayout layout) {
    this.layout = layout;
    this.inputs = new float[layout.width()];
    this.numbers = new float[layout.numbers().size()];
  }

  /** Reads example {@code row} of a block. */
  void read(Examples block, int row) {
    if (block.features() instanceof Features.Pixels pixels) {
      numbers[0] = brightness(pixels, row);
    } else {
      block.features().write(row, inputs, 0);
      System.arraycopy(inputs, 0, numbers, 0, layout.features());
    }
    if (block.targets() instanceof Targets.Values targets) {
      System.arraycopy(
          targets.values(), row * targets.width(), numbers, layout.features(), targets.width());
    }
  }

  // Sums whole numbers, so that no order of adding rounds differently.
  private static float brightness(Features.Pixels pixels, int row) {
    long sum = 0;
    for (int i = row * pixels.width(); i < (row + 1) * pixels.width(); i++) {
      sum += pixels.values()[i] & 0xff;
    }
    return (float) (sum / ((double) PixelScale.MAX_PIXEL * pixels.width()));
  }

  /** Returns number {@code i} of the layout. */
  float number(int i) {
    return numbers[i];
  }

  /** Returns the code of categorical column {@code i}; empty if the example has none. */
  OptionalInt code(int i) {
    return layout.categories().get(i).code(inputs, layout.features());
  }
}
