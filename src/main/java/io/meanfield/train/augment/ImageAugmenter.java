package io.meanfield.train.augment;

import io.meanfield.network.layers.Shape;
import io.meanfield.random.Permutation;
import java.util.List;
import java.util.Optional;

/**
 * Shifts, rotates and zooms images in place. A pixel is an unsigned byte. Each new pixel is
 * interpolated bilinearly between four old pixels; pixels outside the image are 0. The random
 * numbers are a function of a key only, and pixels are computed with integers, so the bits are the
 * same on every machine. Not thread-safe, because it reuses a padded copy of the image.
 */
public final class ImageAugmenter {
  private static final long PURPOSE = 0xA06;
  // Coordinates are whole multiples of 1/65536 pixel.
  private static final int COORDINATE_BITS = 16;
  private static final int ONE = 1 << COORDINATE_BITS;
  // Interpolation fractions are whole multiples of 1/2048, so that 255 times two of them fits an
  // int.
  private static final int FRACTION_BITS = 11;
  private static final int WHOLE = 1 << FRACTION_BITS;
  private static final int HALF = 1 << (2 * FRACTION_BITS - 1);

  private final Augmentation augmentation;
  private final Shape.Image shape;
  private final int padding;
  private final int stride;
  // One channel of the image, padded with zeros as far out as a pixel can be sampled. The upper
  // half of each number holds the pixel below, so that one read gives both.
  private final long[] padded;

  ImageAugmenter(Augmentation augmentation, Shape.Image shape) {
    this.augmentation = augmentation;
    this.shape = shape;
    this.padding = padding(augmentation, shape);
    this.stride = shape.width() + 2 * padding;
    this.padded = new long[Math.multiplyExact(stride, shape.height() + 2 * padding)];
  }

  /**
   * Returns the augmenter of the images that a network takes; empty without augmentation.
   *
   * @param augmentation off, unless the examples are images of the input shape
   * @param input the input shape of the network
   */
  public static Optional<ImageAugmenter> of(Augmentation augmentation, List<Integer> input) {
    return augmentation.isOff()
        ? Optional.empty()
        : Shape.of(input).image().map(image -> new ImageAugmenter(augmentation, image));
  }

  /** Returns the largest distance from the edge at which a pixel is sampled, in whole pixels. */
  private static int padding(Augmentation augmentation, Shape.Image shape) {
    double angle = Math.min(augmentation.rotate(), 90) / 180 * Math.PI;
    double reach = (Math.max(shape.width(), shape.height()) - 1) / 2.0 + augmentation.shift();
    double edge = (Math.min(shape.width(), shape.height()) - 1) / 2.0;
    double farthest = reach * (1 + Math.sin(angle)) / (1 - augmentation.zoom());
    return (int) Math.ceil(farthest - edge) + 2; // 2 for the neighbour and rounding
  }

  /**
   * The inverse of a transformation: pixel {@code (x, y)} of the result is sampled at {@code (x0 +
   * a x + b y, y0 - b x + a y)} of the image.
   *
   * @param a cosine of the rotation divided by the scale
   * @param b sine of the rotation divided by the scale
   */
  record InverseAffine(double x0, double y0, double a, double b) {
    /**
     * Returns the inverse for an image that is scaled and rotated about its centre and then
     * shifted.
     */
    static InverseAffine of(
        Shape.Image shape, double right, double down, double degrees, double scale) {
      double angle = degrees / 180 * Math.PI;
      // StrictMath: the same on every processor.
      double a = StrictMath.cos(angle) / scale;
      double b = StrictMath.sin(angle) / scale;
      double middleX = (shape.width() - 1) / 2.0;
      double middleY = (shape.height() - 1) / 2.0;
      double x = -middleX - right;
      double y = -middleY - down;
      return new InverseAffine(middleX + a * x + b * y, middleY - b * x + a * y, a, b);
    }
  }

  /**
   * Transforms the image that begins at {@code offset} randomly; the random numbers are a function
   * of {@code key} and {@code row}.
   *
   * @param key random key of the minibatch
   * @param row row of the image in the minibatch
   */
  public void apply(byte[] pixels, int offset, long key, int row) {
    apply(
        pixels,
        offset,
        InverseAffine.of(
            shape,
            augmentation.shift() * uniform(key, row, 0),
            augmentation.shift() * uniform(key, row, 1),
            augmentation.rotate() * uniform(key, row, 2),
            1 + augmentation.zoom() * uniform(key, row, 3)));
  }

  /** Returns a random number, uniform between -1 and 1. */
  private static double uniform(long key, int row, int index) {
    return (Permutation.key(key, PURPOSE, row, index) >> 10) * 0x1.0p-53;
  }

  /** Applies a transformation, which must be within the limits of the augmentation. */
  void apply(byte[] pixels, int offset, InverseAffine inverse) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      padChannel(pixels, offset + channel);
      for (int y = 0; y < shape.height(); y++) {
        sampleRow(inverse, y, pixels, offset + channel + y * shape.width() * shape.channels());
      }
    }
  }

  private void padChannel(byte[] pixels, int first) {
    int channels = shape.channels();
    int below = shape.width() * channels;
    int from = first;
    int to = (padding - 1) * stride + padding;
    for (int x = 0; x < shape.width(); x++) {
      padded[to + x] = (pixels[from + x * channels] & 0xffL) << 32;
    }
    for (int y = 1; y < shape.height(); y++) {
      to += stride;
      for (int x = 0; x < shape.width(); x++) {
        int at = from + x * channels;
        padded[to + x] = (pixels[at] & 0xffL) | (pixels[at + below] & 0xffL) << 32;
      }
      from += below;
    }
    to += stride;
    for (int x = 0; x < shape.width(); x++) {
      padded[to + x] = pixels[from + x * channels] & 0xffL;
    }
  }

  private void sampleRow(InverseAffine inverse, int y, byte[] pixels, int first) {
    int width = shape.width();
    int channels = shape.channels();
    int stepX = (int) Math.rint(inverse.a * ONE);
    int stepY = (int) Math.rint(-inverse.b * ONE);
    int sourceX = (int) Math.rint((padding + inverse.x0 + inverse.b * y) * ONE);
    int sourceY = (int) Math.rint((padding + inverse.y0 + inverse.a * y) * ONE);
    int to = first;
    for (int x = 0; x < width; x++) {
      int at = (sourceY >> COORDINATE_BITS) * stride + (sourceX >> COORDINATE_BITS);
      int right = (sourceX & (ONE - 1)) >> (COORDINATE_BITS - FRACTION_BITS);
      int below = (sourceY & (ONE - 1)) >> (COORDINATE_BITS - FRACTION_BITS);
      // Interpolates both halves at once: neither product overflows its half.
      long both = padded[at] * (WHOLE - right) + padded[at + 1] * right;
      int value = (int) both * (WHOLE - below) + (int) (both >> 32) * below;
      pixels[to] = (byte) ((value + HALF) >> (2 * FRACTION_BITS));
      to += channels;
      sourceX += stepX;
      sourceY += stepY;
    }
  }
}
