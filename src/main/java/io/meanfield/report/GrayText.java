package io.meanfield.report;

import java.util.ArrayList;
import java.util.List;

/** Images drawn in characters. */
public final class GrayText {
  private static final String SHADES = " ░▒▓█";

  private GrayText() {}

  /**
   * Returns an image in shades of gray: one character for a pixel and the one below it.
   *
   * @param channels 1 for gray; 3 for red, green and blue
   * @param values [height, width, channels], inputs of a network: 0 for black and 1 for white
   */
  public static List<String> lines(int height, int width, int channels, float[] values) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < height; row += 2) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < width; column++) {
        int upper = brightness(values, (row * width + column) * channels, channels);
        int lower = brightness(values, ((row + 1) * width + column) * channels, channels);
        line.append(SHADES.charAt((upper + lower) / 2 * SHADES.length() / 256));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Returns the brightness of a pixel, 0 to 255: luma of ITU-R BT.601; 0 below the last row. */
  private static int brightness(float[] values, int pixel, int channels) {
    if (pixel >= values.length) {
      return 0;
    }
    int red = level(values[pixel]);
    int green = level(values[pixel + (channels - 1) / 2]);
    int blue = level(values[pixel + channels - 1]);
    return (299 * red + 587 * green + 114 * blue) / 1000;
  }

  private static int level(float value) {
    return Math.round(255 * Math.max(0, Math.min(1, value)));
  }
}
