package io.meanfield.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * An image of RGB colors.
 *
 * @param pixels colors 0xRRGGBB, row by row: height times width
 */
public record RgbImage(int height, int width, int[] pixels) {
  private static final String SHADES = " ░▒▓█";

  public RgbImage {
    if (pixels.length != Math.multiplyExact(height, width)) {
      throw new IllegalArgumentException(
          height + " x " + width + " pixels expected, found " + pixels.length);
    }
  }

  /**
   * Converts the inputs of a network, 0 for black and 1 for white, into an image. Clips other
   * numbers to that range.
   *
   * @param channels 1 for gray; 3 for red, green and blue
   * @param values [height, width, channels]
   * @throws IllegalArgumentException if there are more or fewer values
   */
  public static RgbImage of(int height, int width, int channels, float[] values) {
    if (values.length != Math.multiplyExact((long) height * width, (long) channels)) {
      throw new IllegalArgumentException(
          String.format(
              "%d x %d x %d values expected, found %d", height, width, channels, values.length));
    }
    int[] pixels = new int[Math.multiplyExact(height, width)];
    for (int i = 0; i < pixels.length; i++) {
      int red = level(values[i * channels]);
      int green = level(values[i * channels + (channels - 1) / 2]);
      int blue = level(values[i * channels + channels - 1]);
      pixels[i] = red << 16 | green << 8 | blue;
    }
    return new RgbImage(height, width, pixels);
  }

  /** Returns the image as a PNG file, one pixel for each pixel. Needs no screen. */
  public byte[] png() {
    BufferedImage buffer = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    buffer.setRGB(0, 0, width, height, pixels, 0, width);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(buffer, "png", out)) {
        throw new IOException("this Java installation cannot write PNG images");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static int level(float value) {
    return Math.round(255 * Math.max(0, Math.min(1, value)));
  }

  /** Returns the image in shades of gray: one character for a pixel and the one below it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < height; row += 2) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < width; column++) {
        int mean = (brightness(row, column) + brightness(row + 1, column)) / 2;
        line.append(SHADES.charAt(mean * SHADES.length() / 256));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Returns the brightness of a pixel, 0 to 255: luma of ITU-R BT.601; 0 below the last row. */
  private int brightness(int row, int column) {
    int pixel = row < height ? pixels[row * width + column] : 0;
    return (299 * (pixel >> 16 & 0xff) + 587 * (pixel >> 8 & 0xff) + 114 * (pixel & 0xff)) / 1000;
  }
}
