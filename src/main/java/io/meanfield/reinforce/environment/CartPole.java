package io.meanfield.reinforce.environment;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.random.SplitMix64;

/**
 * A pole on a cart that a force of 10 N pushes to the left (action 0) or to the right (action 1).
 * The equations of motion are those of Barto, Sutton and Anderson 1983 ("Neuronlike adaptive
 * elements that can solve difficult learning control problems", appendix) without friction; limits,
 * rewards and starts are those of Gymnasium's CartPole-v1. The state is position in m, velocity in
 * m/s, angle from the vertical in rad, and angular velocity in rad/s.
 */
@DefaultSerializer(JavaSerializer.class)
public record CartPole() implements Environment {
  private static final double GRAVITY = 9.8; // m/s²
  private static final double CART_MASS = 1.0; // kg
  private static final double POLE_MASS = 0.1; // kg
  private static final double TOTAL_MASS = CART_MASS + POLE_MASS;
  private static final double HALF_LENGTH = 0.5; // m, of the pole
  private static final double FORCE = 10.0; // N
  private static final double SECONDS = 0.02; // of a step

  /** The position at which an episode ends, in m. */
  static final double POSITION_LIMIT = 2.4;

  /** The angle at which an episode ends, in rad. */
  public static final double ANGLE_LIMIT = 12 * 2 * Math.PI / 360;

  private static final double START_RANGE = 0.05;
  private static final int STATE_SIZE = 4;
  private static final int MAX_STEPS = 500;

  @Override
  public String name() {
    return "cartpole";
  }

  @Override
  public int observationSize() {
    return STATE_SIZE;
  }

  @Override
  public int actions() {
    return 2;
  }

  @Override
  public int maxSteps() {
    return MAX_STEPS;
  }

  /** Draws each number of the state uniformly from -0.05 to 0.05. */
  @Override
  public double[] start(long key) {
    double[] state = new double[STATE_SIZE];
    for (int i = 0; i < STATE_SIZE; i++) {
      double uniform = SplitMix64.uniform(key + i * SplitMix64.GOLDEN_GAMMA);
      state[i] = START_RANGE * (2 * uniform - 1);
    }
    return state;
  }

  // StrictMath gives the same bits on every machine.
  @Override
  public Step step(double[] state, int action, long key) {
    double force = action == 1 ? FORCE : -FORCE;
    double cos = StrictMath.cos(state[2]);
    double sin = StrictMath.sin(state[2]);
    double poleMoment = POLE_MASS * HALF_LENGTH;
    double push = (force + poleMoment * state[3] * state[3] * sin) / TOTAL_MASS;
    double angleAcceleration =
        (GRAVITY * sin - cos * push)
            / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * cos * cos / TOTAL_MASS));
    double acceleration = push - poleMoment * angleAcceleration * cos / TOTAL_MASS;
    double[] next = {
      state[0] + SECONDS * state[1],
      state[1] + SECONDS * acceleration,
      state[2] + SECONDS * state[3],
      state[3] + SECONDS * angleAcceleration
    };
    return new Step(next, 1, isOutside(next));
  }

  private static boolean isOutside(double[] state) {
    return Math.abs(state[0]) > POSITION_LIMIT || Math.abs(state[2]) > ANGLE_LIMIT;
  }

  @Override
  public void observe(double[] state, float[] target, int offset) {
    for (int i = 0; i < STATE_SIZE; i++) {
      target[offset + i] = (float) state[i];
    }
  }
}
