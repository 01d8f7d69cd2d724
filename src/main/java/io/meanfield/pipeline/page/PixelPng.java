package io.meanfield.pipeline.page;

import io.meanfield.report.RgbImage;
import io.meanfield.store.StoredRow;

/** Draws the image of a row of table {@code samples}. */
final class PixelPng {
  private static final float WHITE = 255;

  private PixelPng() {}

  /** Returns a PNG file. */
  static byte[] of(StoredRow sample) {
    byte[] pixels = sample.bytes("pixels").orElseThrow();
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / WHITE;
    }
    return RgbImage.of(
            RunRecord.integer(sample, "height"),
            RunRecord.integer(sample, "width"),
            RunRecord.integer(sample, "channels"),
            values)
        .png();
  }
}
