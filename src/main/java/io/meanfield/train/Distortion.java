package io.meanfield.train;

import io.meanfield.data.Permutation;
import io.meanfield.network.Shape;

/**
 * Shifts, turns and scales images, an unsigned byte a pixel, where they lie. Every pixel is fetched
 * from where it comes from, between four pixels in proportion (bilinear), and is 0 beyond the edge.
 * What is drawn is a function of a key alone; the numbers are whole, so that the bits are the same
 * everywhere. Not thread-safe: it keeps a copy of the image at hand.
 */
final class Distortion {
  private static final long PURPOSE = 0xA06;
  // Places in the image are whole numbers of 1/65536 pixel.
  private static final int ONE = 1 << 16;
  // And shares of neighbours of 1/2048, so that 255 times two of them are an int.
  private static final int SHARE_BITS = 11;
  private static final int HALF = 1 << (2 * SHARE_BITS - 1);

  private final Augmentation augmentation;
  private final Shape.Image shape;
  // One channel of the image with zeros around it: a row above, two below, columns likewise.
  private final int stride;
  private final int[] framed;

  Distortion(Augmentation augmentation, Shape.Image shape) {
    this.augmentation = augmentation;
    this.shape = shape;
    this.stride = shape.width() + 3;
    this.framed = new int[Math.multiplyExact(stride, shape.height() + 3)];
  }

  /**
   * Where a pixel comes from: {@code (x, y)} from {@code (x0 + a x + b y, y0 - b x + a y)}.
   *
   * @param a the cosine of the turn by the scale
   * @param b its sine by the scale
   */
  record Origin(double x0, double y0, double a, double b) {
    /** Of an image that is scaled and turned about its middle, and then shifted. */
    static Origin of(Shape.Image shape, double right, double down, double degrees, double scale) {
      double turn = degrees / 180 * Math.PI;
      // StrictMath: the same on every processor.
      double a = StrictMath.cos(turn) / scale;
      double b = StrictMath.sin(turn) / scale;
      double middleX = (shape.width() - 1) / 2.0;
      double middleY = (shape.height() - 1) / 2.0;
      double x = -middleX - right;
      double y = -middleY - down;
      return new Origin(middleX + a * x + b * y, middleY - b * x + a * y, a, b);
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
        Origin.of(
            shape,
            augmentation.shift() * draw(key, row, 0),
            augmentation.shift() * draw(key, row, 1),
            augmentation.rotate() * draw(key, row, 2),
            1 + augmentation.zoom() * draw(key, row, 3)));
  }

  /** Evenly from -1 to 1. */
  private static double draw(long key, int row, int which) {
    return (Permutation.key(key, PURPOSE, row, which) >> 10) * 0x1.0p-53;
  }

  void apply(byte[] pixels, int offset, Origin origin) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      frame(pixels, offset + channel);
      for (int y = 0; y < shape.height(); y++) {
        fetch(origin, y, pixels, offset + channel + y * shape.width() * shape.channels());
      }
    }
  }

  private void frame(byte[] pixels, int first) {
    int from = first;
    for (int y = 0; y < shape.height(); y++) {
      int to = (y + 1) * stride + 1;
      for (int x = 0; x < shape.width(); x++) {
        framed[to + x] = pixels[from] & 0xff;
        from += shape.channels();
      }
    }
  }

  private void fetch(Origin origin, int y, byte[] pixels, int first) {
    int channels = shape.channels();
    long right = (long) shape.width() * ONE;
    long bottom = (long) shape.height() * ONE;
    long stepX = Math.round(origin.a * ONE);
    long stepY = Math.round(-origin.b * ONE);
    long placeX = Math.round((origin.x0 + origin.b * y) * ONE);
    long placeY = Math.round((origin.y0 + origin.a * y) * ONE);
    int to = first;
    for (int x = 0; x < shape.width(); x++) {
      // Beyond the edge all is as it is on the frame.
      int u = (int) Math.max(-ONE, Math.min(placeX, right));
      int v = (int) Math.max(-ONE, Math.min(placeY, bottom));
      int at = ((v >> 16) + 1) * stride + (u >> 16) + 1;
      int shareX = (u & (ONE - 1)) >> (16 - SHARE_BITS);
      int shareY = (v & (ONE - 1)) >> (16 - SHARE_BITS);
      int above = between(framed[at], framed[at + 1], shareX);
      int below = between(framed[at + stride], framed[at + stride + 1], shareX);
      pixels[to] = (byte) ((between(above, below, shareY) + HALF) >> (2 * SHARE_BITS));
      to += channels;
      placeX += stepX;
      placeY += stepY;
    }
  }

  private static int between(int one, int other, int share) {
    return (one << SHARE_BITS) + share * (other - one);
  }
}
