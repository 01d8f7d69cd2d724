package io.meanfield.reinforce.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Tests the equations of motion and the limits. */
class CartPoleTest {
  private static final CartPole POLE = new CartPole();

  private static double[] step(int action, double... state) {
    return POLE.step(state, action, 0).state();
  }

  // Upright and at rest: the accelerations are F / 1.1 / (1 / 2 (4 / 3 - 1 / 11)) = 600 / 41 of the
  // angle, and 400 / 41 of the cart.
  @Test
  void firstStepsAreThoseOfTheEquations() {
    assertThat(step(1, 0, 0, 0, 0))
        .containsExactly(new double[] {0, 8 / 41.0, 0, -12 / 41.0}, within(1e-15));
    assertThat(step(0, 0, 8 / 41.0, 0, -12 / 41.0))
        .containsExactly(new double[] {0.16 / 41, 0, -0.24 / 41, 0}, within(1e-15));
  }

  @Test
  void pushesToBothSidesAreMirrored() {
    double[] right = step(1, 0.1, 0.2, 0.05, -0.3);
    double[] left = step(0, -0.1, -0.2, -0.05, 0.3);
    for (int i = 0; i < right.length; i++) {
      assertThat(left[i]).isEqualTo(-right[i]);
    }
  }

  /** Solves the two equations of Barto et al. before they are rearranged, as a linear system. */
  @Property
  void stepsSolveTheTwoEquationsOfMotion(
      @ForAll @DoubleRange(min = -2, max = 2) double velocity,
      @ForAll @DoubleRange(min = -0.2, max = 0.2) double angle,
      @ForAll @DoubleRange(min = -3, max = 3) double turn,
      @ForAll @IntRange(max = 1) int action) {
    double[] next = step(action, 0, velocity, angle, turn);
    double cartAcceleration = (next[1] - velocity) / 0.02;
    double poleAcceleration = (next[3] - turn) / 0.02;
    double force = action == 1 ? 10 : -10;
    double cart =
        1.1 * cartAcceleration
            + 0.05 * (poleAcceleration * Math.cos(angle) - turn * turn * Math.sin(angle));
    double pole =
        4 / 3.0 * 0.5 * poleAcceleration
            + cartAcceleration * Math.cos(angle)
            - 9.8 * Math.sin(angle);
    assertThat(cart).isCloseTo(force, within(1e-9));
    assertThat(pole).isCloseTo(0, within(1e-9));
    assertThat(next[0]).isEqualTo(0.02 * velocity);
    assertThat(next[2]).isEqualTo(angle + 0.02 * turn);
  }

  @Test
  void episodesEndBeyondTwelveDegreesAndBeyondTheTrack() {
    double limit = Math.toRadians(12);
    assertThat(POLE.step(new double[] {0, 0, limit - 0.0001, 0}, 0, 0).terminated()).isFalse();
    assertThat(POLE.step(new double[] {0, 0, limit + 0.0001, 0}, 0, 0).terminated()).isTrue();
    assertThat(POLE.step(new double[] {0, 0, -limit - 0.0001, 0}, 0, 0).terminated()).isTrue();
    assertThat(POLE.step(new double[] {2.39, 0, 0, 0}, 0, 0).terminated()).isFalse();
    assertThat(POLE.step(new double[] {2.41, 0, 0, 0}, 0, 0).terminated()).isTrue();
    assertThat(POLE.step(new double[] {-2.41, 0, 0, 0}, 0, 0).terminated()).isTrue();
    assertThat(POLE.step(new double[] {2.41, 0, 0, 0}, 0, 0).reward()).isEqualTo(1);
    assertThat(POLE.maxSteps()).isEqualTo(500);
  }

  // A pole that is always pushed to one side falls after 8 to 10 steps, as in Gymnasium.
  @Property(tries = 200)
  void constantPushesEndAfterEightToElevenSteps(@ForAll long key, @ForAll boolean right) {
    double[] state = POLE.start(key);
    int steps = 0;
    boolean ended = false;
    while (!ended) {
      Environment.Step step = POLE.step(state, right ? 1 : 0, 0);
      state = step.state();
      ended = step.terminated();
      steps++;
    }
    assertThat(steps).isBetween(8, 11);
  }

  @Property
  void startsAreNearTheMiddleAndDependOnTheKey(@ForAll long key) {
    assertThat(POLE.start(key)).hasSize(4).isEqualTo(POLE.start(key));
    for (double number : POLE.start(key)) {
      assertThat(number).isBetween(-0.05, 0.05);
    }
    assertThat(POLE.start(key)).isNotEqualTo(POLE.start(key + 1));
  }
}
