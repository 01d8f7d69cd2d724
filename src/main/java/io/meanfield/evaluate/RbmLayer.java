package io.meanfield.evaluate;

import io.meanfield.learner.GibbsNoise;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.Rbm;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A trained restricted Boltzmann machine, without an engine.
 *
 * @param kernel [inputs, units], column by column: the weights of a hidden unit are consecutive
 */
record RbmLayer(Rbm rbm, float[] kernel, float[] bias, float[] visibleBias, GibbsNoise noise) {
  static RbmLayer of(Rbm rbm, int number, ParameterLayout layout, LearnerState state) {
    return new RbmLayer(
        rbm,
        array(layout, number, ParameterKind.KERNEL, state),
        array(layout, number, ParameterKind.BIAS, state),
        array(layout, number, ParameterKind.RECONSTRUCTION_BIAS, state),
        new GibbsNoise(number));
  }

  private static float[] array(
      ParameterLayout layout, int layer, ParameterKind kind, LearnerState state) {
    Parameter parameter =
        layout.of(layer).stream().filter(found -> found.kind() == kind).findFirst().orElseThrow();
    return Arrays.copyOfRange(state.weights(), parameter.offset(), parameter.end());
  }

  int inputs() {
    return visibleBias.length;
  }

  /** Returns the weights of a hidden unit. */
  float[] receptiveField(int unit) {
    return Arrays.copyOfRange(kernel, unit * inputs(), (unit + 1) * inputs());
  }

  /**
   * Returns the means of the visible units after Gibbs steps. The chain starts at visible units
   * that are drawn as if all hidden units were 0.
   */
  float[] chain(int steps, long key) {
    float[] uniform = new float[Math.max(inputs(), bias.length)];
    float[] mean = visible(new float[bias.length]);
    float[] visible = sampledVisible(mean, uniform, key, 1);
    for (int step = 1; step <= steps; step++) {
      float[] hidden = hidden(visible);
      noise.uniform(uniform, hidden.length, key, 2 * step);
      sample(hidden, uniform);
      mean = visible(hidden);
      visible = sampledVisible(mean, uniform, key, 2 * step + 1);
    }
    return mean;
  }

  private float[] sampledVisible(float[] mean, float[] drawn, long key, int draw) {
    float[] visible = mean.clone();
    switch (rbm.visible()) {
      case BINARY -> {
        noise.uniform(drawn, visible.length, key, draw);
        sample(visible, drawn);
      }
      case GAUSSIAN -> {
        noise.normal(drawn, visible.length, key, draw);
        for (int i = 0; i < visible.length; i++) {
          visible[i] += drawn[i];
        }
      }
    }
    return visible;
  }

  private static void sample(float[] probabilities, float[] uniform) {
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = uniform[i] < probabilities[i] ? 1 : 0;
    }
  }

  private float[] hidden(float[] visible) {
    // Most pixels of an image are 0.
    int[] active = IntStream.range(0, visible.length).filter(i -> visible[i] != 0).toArray();
    float[] hidden = bias.clone();
    for (int unit = 0; unit < hidden.length; unit++) {
      for (int i : active) {
        hidden[unit] += kernel[unit * visible.length + i] * visible[i];
      }
      hidden[unit] = sigmoid(hidden[unit]);
    }
    return hidden;
  }

  /** Returns the means of the visible units, given the hidden ones or their probabilities. */
  float[] visible(float[] hidden) {
    float[] visible = visibleBias.clone();
    for (int unit = 0; unit < hidden.length; unit++) {
      for (int i = 0; hidden[unit] != 0 && i < visible.length; i++) {
        visible[i] += hidden[unit] * kernel[unit * visible.length + i];
      }
    }
    switch (rbm.visible()) {
      case BINARY -> {
        for (int i = 0; i < visible.length; i++) {
          visible[i] = sigmoid(visible[i]);
        }
      }
      case GAUSSIAN -> {} // the sums are the means
    }
    return visible;
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + StrictMath.exp(-x)));
  }
}
