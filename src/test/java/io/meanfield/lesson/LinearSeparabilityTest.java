package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Minibatch;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LinearSeparabilityTest {
  private static final float[][] SQUARE = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

  private static Minibatch examples(float[][] points, int... labels) {
    int inputs = points[0].length;
    Minibatch batch = new Minibatch(points.length, inputs, 1);
    batch.reset(points.length, 0);
    for (int row = 0; row < points.length; row++) {
      System.arraycopy(points[row], 0, batch.features(), batch.offset(row), inputs);
      batch.label(row, labels[row]);
    }
    return batch;
  }

  @Example
  void allGatesExceptXorAndXnorAreSeparable() {
    for (int gate = 0; gate < 16; gate++) {
      int[] outputs = {gate & 1, gate >> 1 & 1, gate >> 2 & 1, gate >> 3 & 1};
      assertThat(LinearSeparability.of(examples(SQUARE, outputs), 2))
          .as("gate " + gate)
          .isEqualTo(gate != 0b0110 && gate != 0b1001);
    }
  }

  /** On these points the simplex method with Dantzig's rule does not end. */
  @Example
  void pointsOnWhichTheSimplexMethodCyclesAreSeparable() {
    Random random = new Random(771_013);
    int count = 1 + random.nextInt(60);
    pointsOnTwoSidesOfAPlaneAreSeparable(1 + random.nextInt(8), count, random);
  }

  @Property(tries = 100)
  void pointsOnTwoSidesOfAPlaneAreSeparable(
      @ForAll @IntRange(min = 1, max = 8) int inputs,
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll Random random) {
    double[] plane = random.doubles(inputs, -1, 1).toArray();
    float[][] points = new float[count][inputs];
    int[] labels = new int[count];
    for (int row = 0; row < count; row++) {
      double height;
      do {
        height = 0;
        for (int i = 0; i < inputs; i++) {
          points[row][i] = random.nextFloat();
          height += plane[i] * (points[row][i] - 0.5);
        }
      } while (Math.abs(height) < 1e-3 * Math.abs(plane[0]));
      labels[row] = height > 0 ? 1 : 0;
    }
    assertThat(LinearSeparability.of(examples(points, labels), inputs)).isTrue();
  }

  @Property(tries = 100)
  void pointWithBothLabelsIsNotSeparable(
      @ForAll @IntRange(min = 1, max = 40) int count, @ForAll long seed) {
    Random random = new Random(seed);
    float[][] points = new float[count + 1][3];
    int[] labels = new int[count + 1];
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < 3; i++) {
        points[row][i] = random.nextFloat();
      }
      labels[row] = random.nextInt(2);
    }
    points[count] = points[0];
    labels[count] = 1 - labels[0];
    assertThat(LinearSeparability.of(examples(points, labels), 3)).isFalse();
  }
}
