package io.meanfield.train.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.layers.Shape;
import io.meanfield.train.augment.ImageAugmenter.InverseAffine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ImageAugmenterTest {
  private static final int OFFSET = 7;
  private static final Augmentation ANY = new Augmentation(12, 180, 0.5);

  /** Returns random bytes: an image between a few bytes that do not belong to it. */
  private static byte[] noise(Shape.Image shape, long seed) {
    byte[] pixels = new byte[OFFSET + shape.count() + 5];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }

  private static byte[] transformed(Shape.Image shape, byte[] pixels, InverseAffine inverse) {
    byte[] copy = pixels.clone();
    new ImageAugmenter(ANY, shape).apply(copy, OFFSET, inverse);
    return copy;
  }

  private static int pixel(Shape.Image shape, byte[] pixels, int x, int y, int channel) {
    boolean inside = x >= 0 && x < shape.width() && y >= 0 && y < shape.height();
    return inside
        ? pixels[OFFSET + (y * shape.width() + x) * shape.channels() + channel] & 0xff
        : 0;
  }

  /** The expected pixels of a transformed image. */
  private interface Expected {
    int at(int x, int y, int channel);
  }

  private static void assertPixels(
      Shape.Image shape, byte[] before, byte[] after, Expected expected) {
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          assertThat(pixel(shape, after, x, y, channel))
              .as("pixel %d, %d of channel %d", x, y, channel)
              .isEqualTo(expected.at(x, y, channel));
        }
      }
    }
    assertThat(Arrays.copyOf(after, OFFSET)).isEqualTo(Arrays.copyOf(before, OFFSET));
    int end = OFFSET + shape.count();
    assertThat(Arrays.copyOfRange(after, end, after.length))
        .isEqualTo(Arrays.copyOfRange(before, end, before.length));
  }

  @Property(tries = 100)
  void augmentationThatIsOffKeepsEveryPixel(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll long seed) {
    Shape.Image shape = new Shape.Image(height, width, channels);
    byte[] pixels = noise(shape, seed);
    byte[] copy = pixels.clone();
    new ImageAugmenter(Augmentation.OFF, shape).apply(copy, OFFSET, seed, 3);
    assertThat(copy).isEqualTo(pixels);
  }

  @Property(tries = 100)
  void shiftByWholePixelsIsExact(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = -12, max = 12) int right,
      @ForAll @IntRange(min = -12, max = 12) int down,
      @ForAll long seed) {
    Shape.Image shape = new Shape.Image(height, width, channels);
    byte[] pixels = noise(shape, seed);
    byte[] shifted = transformed(shape, pixels, InverseAffine.of(shape, right, down, 0, 1));
    assertPixels(shape, pixels, shifted, (x, y, c) -> pixel(shape, pixels, x - right, y - down, c));
  }

  @Property(tries = 100)
  void rotationByQuarterTurnsIsExact(
      @ForAll @IntRange(min = 1, max = 9) int side,
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll long seed) {
    Shape.Image shape = new Shape.Image(side, side, channels);
    byte[] pixels = noise(shape, seed);
    int last = side - 1;
    // Clockwise, as y points down: the left column becomes the upper row.
    assertPixels(
        shape,
        pixels,
        transformed(shape, pixels, InverseAffine.of(shape, 0, 0, 90, 1)),
        (x, y, c) -> pixel(shape, pixels, y, last - x, c));
    assertPixels(
        shape,
        pixels,
        transformed(shape, pixels, InverseAffine.of(shape, 0, 0, 180, 1)),
        (x, y, c) -> pixel(shape, pixels, last - x, last - y, c));
  }

  @Property(tries = 50)
  void shiftByFractionsInterpolatesNeighbours(@ForAll long seed) {
    Shape.Image shape = new Shape.Image(6, 7, 1);
    byte[] pixels = noise(shape, seed);
    assertPixels(
        shape,
        pixels,
        transformed(shape, pixels, InverseAffine.of(shape, 0.25, 0.5, 0, 1)),
        (x, y, c) ->
            Math.toIntExact(
                Math.round(
                    (pixel(shape, pixels, x - 1, y - 1, c) + pixel(shape, pixels, x - 1, y, c))
                            * 0.125
                        + (pixel(shape, pixels, x, y - 1, c) + pixel(shape, pixels, x, y, c))
                            * 0.375)));
  }

  @Test
  void zoomOfTwoDoublesDistancesFromTheCentre() {
    Shape.Image shape = new Shape.Image(5, 5, 1);
    byte[] pixels = noise(shape, 1);
    byte[] larger = transformed(shape, pixels, InverseAffine.of(shape, 0, 0, 0, 2));
    for (int y = 0; y < 5; y += 2) {
      for (int x = 0; x < 5; x += 2) {
        assertThat(pixel(shape, larger, x, y, 0))
            .isEqualTo(pixel(shape, pixels, 1 + x / 2, 1 + y / 2, 0));
      }
    }
  }

  /**
   * Shifts by the limit along one or both axes and zooms out, so that no pixel of the image stays
   * visible.
   */
  @Property(tries = 100)
  void pixelsFromOutsideTheImageAreZero(
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = -1, max = 1) int right,
      @ForAll @IntRange(min = -1, max = 1) int down,
      @ForAll @IntRange(min = -180, max = 180) int degrees) {
    Assume.that(right != 0 || down != 0);
    Shape.Image shape = new Shape.Image(height, width, 1);
    byte[] pixels = noise(shape, 1);
    InverseAffine inverse = InverseAffine.of(shape, 12 * right, 12 * down, degrees, 0.5);
    assertPixels(shape, pixels, transformed(shape, pixels, inverse), (x, y, c) -> 0);
  }

  @Test
  void transformationIsAFunctionOfKeyAndRow() {
    Shape.Image shape = new Shape.Image(28, 28, 1);
    Augmentation all = new Augmentation(2, 10, 0.1);
    byte[] pixels = noise(shape, 5);
    Set<Integer> different = new HashSet<>();
    for (int row = 0; row < 10; row++) {
      for (long key = 0; key < 10; key++) {
        byte[] once = pixels.clone();
        byte[] again = pixels.clone();
        ImageAugmenter used = new ImageAugmenter(all, shape);
        used.apply(noise(shape, row), OFFSET, 99, row);
        used.apply(once, OFFSET, key, row);
        new ImageAugmenter(all, shape).apply(again, OFFSET, key, row);
        assertThat(once).isEqualTo(again);
        different.add(Arrays.hashCode(once));
      }
    }
    assertThat(different).hasSize(100);
  }

  /** Returns the centre of mass of the pixels as {x, y}. */
  private static double[] middle(Shape.Image shape, byte[] pixels) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < shape.count(); i++) {
      int brightness = pixels[i] & 0xff;
      int row = i / shape.width();
      sum += brightness;
      x += (double) brightness * (i - row * shape.width());
      y += (double) brightness * row;
    }
    return new double[] {x / sum, y / sum};
  }

  @Test
  void shiftsAreUniformBetweenTheLimits() {
    Shape.Image shape = new Shape.Image(15, 15, 1);
    ImageAugmenter shifting = new ImageAugmenter(new Augmentation(3, 0, 0), shape);
    int draws = 4000;
    double[] sums = new double[4];
    for (int row = 0; row < draws; row++) {
      byte[] pixels = new byte[shape.count()];
      pixels[7 * 15 + 7] = (byte) 255;
      shifting.apply(pixels, 0, 11, row);
      double[] middle = middle(shape, pixels);
      for (int axis = 0; axis < 2; axis++) {
        double moved = middle[axis] - 7;
        assertThat(moved).isBetween(-3.02, 3.02);
        sums[axis] += moved;
        sums[2 + axis] += moved * moved;
      }
    }
    for (int axis = 0; axis < 2; axis++) {
      // Evenly from -3 to 3: mean 0, variance 3; four standard errors.
      assertThat(sums[axis] / draws).isCloseTo(0, within(4 * Math.sqrt(3.0 / draws)));
      assertThat(sums[2 + axis] / draws).isCloseTo(3, within(4 * Math.sqrt(7.2 / draws)));
    }
  }
}
