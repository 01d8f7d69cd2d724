package io.meanfield.fuzz;

import io.meanfield.data.Examples;

/** Checks examples that were read. */
final class Contents {
  private Contents() {}

  /** Throws unless every example has this width and finite features. */
  static void requireFinite(Examples block, int width) {
    WrongContent.unless(block.width() == width, "found " + block.width() + " features");
    float[] values = new float[width];
    for (int row = 0; row < block.count(); row++) {
      block.features().write(row, values, 0);
      for (float value : values) {
        WrongContent.unless(Float.isFinite(value), "a feature is " + value);
      }
    }
  }
}
