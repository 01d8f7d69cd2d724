package io.meanfield.data;

/**
 * Scales pixels for networks: an unsigned byte becomes a number from 0 to 1, as x / 255 does in
 * Keras.
 */
public final class PixelScale {
  /** The brightest pixel, which becomes 1. */
  public static final int MAX_PIXEL = 255;

  // Quotients of doubles, so that each value is rounded only once.
  private static final float[] SCALED = new float[MAX_PIXEL + 1];

  static {
    for (int pixel = 0; pixel < SCALED.length; pixel++) {
      SCALED[pixel] = (float) (pixel / (double) MAX_PIXEL);
    }
  }

  private PixelScale() {}

  /** Returns the scaled value of a pixel. */
  public static float scaled(byte pixel) {
    return SCALED[pixel & 0xff];
  }
}
