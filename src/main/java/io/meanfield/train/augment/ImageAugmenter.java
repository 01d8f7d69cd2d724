package io.meanfield.train.augment;

import io.meanfield.network.layers.Shape;
import io.meanfield.random.Permutation;

/**
 * Shifts, turns and scales images, an unsigned byte a pixel, where they lie. Every pixel is fetched
 * from where it comes from, between four pixels in proportion (bilinear), and is 0 beyond the edge.
 * What is drawn is a function of a key alone; the numbers are whole, so that the bits are the same
 * everywhere. Not thread-safe: it keeps a copy of the image at hand.
 */
final class ImageAugmenter {
  private static final long PURPOSE = 0xA06;
  // Places in the image are whole numbers of 1/65536 pixel.
  private static final int COORDINATE_BITS = 16;
  private static final int ONE = 1 << COORDINATE_BITS;
  // And shares of neighbours of 1/2048, so that 255 times two of them are an int.
  private static final int FRACTION_BITS = 11;
  private static final int WHOLE = 1 << FRACTION_BITS;
  private static final int HALF = 1 << (2 * FRACTION_BITS - 1);

  private final Augmentation augmentation;
  private final Shape.Image shape;
  private final int padding;
  private final int stride;
  // One channel of the image with as many zeros around it as a pixel can be fetched from; in the
  // upper half of each number the pixel below, so that two are looked up at once.
  private final long[] framed;

  ImageAugmenter(Augmentation augmentation, Shape.Image shape) {
    this.augmentation = augmentation;
    this.shape = shape;
    this.padding = padding(augmentation, shape);
    this.stride = shape.width() + 2 * padding;
    this.framed = new long[Math.multiplyExact(stride, shape.height() + 2 * padding)];
  }

  /** How far from the edge pixels come at most. */
  private static int padding(Augmentation augmentation, Shape.Image shape) {
    double turn = Math.min(augmentation.rotate(), 90) / 180 * Math.PI;
    double reach = (Math.max(shape.width(), shape.height()) - 1) / 2.0 + augmentation.shift();
    double edge = (Math.min(shape.width(), shape.height()) - 1) / 2.0;
    double farthest = reach * (1 + Math.sin(turn)) / (1 - augmentation.zoom());
    return (int) Math.ceil(farthest - edge) + 2; // a neighbour, and rounding
  }

  /**
   * Where a pixel comes from: {@code (x, y)} from {@code (x0 + a x + b y, y0 - b x + a y)}.
   *
   * @param a the cosine of the turn by the scale
   * @param b its sine by the scale
   */
  record InverseAffine(double x0, double y0, double a, double b) {
    /** Of an image that is scaled and turned about its middle, and then shifted. */
    static InverseAffine of(
        Shape.Image shape, double right, double down, double degrees, double scale) {
      double turn = degrees / 180 * Math.PI;
      // StrictMath: the same on every processor.
      double a = StrictMath.cos(turn) / scale;
      double b = StrictMath.sin(turn) / scale;
      double middleX = (shape.width() - 1) / 2.0;
      double middleY = (shape.height() - 1) / 2.0;
      double x = -middleX - right;
      double y = -middleY - down;
      return new InverseAffine(middleX + a * x + b * y, middleY - b * x + a * y, a, b);
    }
  }

  /**
   * Distorts the image that begins at {@code offset}.
   *
   * @param key what the draw is a function of: the minibatch's
   * @param row and this
   */
  void apply(byte[] pixels, int offset, long key, int row) {
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

  /** Evenly from -1 to 1. */
  private static double uniform(long key, int row, int which) {
    return (Permutation.key(key, PURPOSE, row, which) >> 10) * 0x1.0p-53;
  }

  /** The same, by numbers within the limits of the augmentation. */
  void apply(byte[] pixels, int offset, InverseAffine origin) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      padChannel(pixels, offset + channel);
      for (int y = 0; y < shape.height(); y++) {
        sampleRow(origin, y, pixels, offset + channel + y * shape.width() * shape.channels());
      }
    }
  }

  private void padChannel(byte[] pixels, int first) {
    int channels = shape.channels();
    int below = shape.width() * channels;
    int from = first;
    int to = (padding - 1) * stride + padding;
    for (int x = 0; x < shape.width(); x++) {
      framed[to + x] = (pixels[from + x * channels] & 0xffL) << 32;
    }
    for (int y = 1; y < shape.height(); y++) {
      to += stride;
      for (int x = 0; x < shape.width(); x++) {
        int at = from + x * channels;
        framed[to + x] = (pixels[at] & 0xffL) | (pixels[at + below] & 0xffL) << 32;
      }
      from += below;
    }
    to += stride;
    for (int x = 0; x < shape.width(); x++) {
      framed[to + x] = pixels[from + x * channels] & 0xffL;
    }
  }

  private void sampleRow(InverseAffine origin, int y, byte[] pixels, int first) {
    int width = shape.width();
    int channels = shape.channels();
    int stepX = (int) Math.rint(origin.a * ONE);
    int stepY = (int) Math.rint(-origin.b * ONE);
    int placeX = (int) Math.rint((padding + origin.x0 + origin.b * y) * ONE);
    int placeY = (int) Math.rint((padding + origin.y0 + origin.a * y) * ONE);
    int to = first;
    for (int x = 0; x < width; x++) {
      int at = (placeY >> COORDINATE_BITS) * stride + (placeX >> COORDINATE_BITS);
      int right = (placeX & (ONE - 1)) >> (COORDINATE_BITS - FRACTION_BITS);
      int below = (placeY & (ONE - 1)) >> (COORDINATE_BITS - FRACTION_BITS);
      // Both halves at once: neither product leaves its own.
      long both = framed[at] * (WHOLE - right) + framed[at + 1] * right;
      int value = (int) both * (WHOLE - below) + (int) (both >> 32) * below;
      pixels[to] = (byte) ((value + HALF) >> (2 * FRACTION_BITS));
      to += channels;
      placeX += stepX;
      placeY += stepY;
    }
  }
}
