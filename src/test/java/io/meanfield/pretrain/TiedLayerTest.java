package io.meanfield.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Parameter;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TiedLayerTest {
  private static TiedLayer layer(int inputs, int units, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[(inputs + 1) * units + inputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return new TiedLayer(inputs, units, weights);
  }

  @Test
  void weightsOfADenseLayerComeBackAsTheyWere() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(3),
            List.of(new Dense(2, Activation.SIGMOID), new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Sgd(0.1));
    float[] weights = Model.untrained(network, 7).state().weights();
    List<Parameter> arrays = ParameterLayout.of(network).of(0);
    TiedLayer layer = new TiedLayer(3, 2, TiedLayer.of(arrays, weights));
    float[] hidden = new float[2];
    layer.encode(new float[] {0, 1, 0}, hidden);
    // The kernel is stored column by column, and the biases are 0.
    assertThat(hidden[1]).isCloseTo((float) (1 / (1 + Math.exp(-weights[4]))), within(1e-6f));
    float[] copy = new float[weights.length];
    layer.copyTo(arrays, copy);
    System.arraycopy(weights, 8, copy, 8, weights.length - 8);
    assertThat(copy).isEqualTo(weights);
  }

  @Test
  void freeEnergyIsTheSumOverAllHiddenUnits() {
    TiedLayer layer = layer(3, 2, 1);
    float[] w = layer.weights();
    float[] v = {1, 0, 1};
    double sum = 0;
    for (int state = 0; state < 4; state++) {
      float[] h = {state & 1, state >> 1};
      double energy = 0;
      for (int unit = 0; unit < 2; unit++) {
        energy -= h[unit] * w[6 + unit];
        for (int i = 0; i < 3; i++) {
          energy -= h[unit] * v[i] * w[i * 2 + unit];
        }
      }
      for (int i = 0; i < 3; i++) {
        energy -= v[i] * w[8 + i];
      }
      sum += Math.exp(-energy);
    }
    assertThat(layer.freeEnergy(v)).isCloseTo(-Math.log(sum), within(1e-5));
  }

  @Test
  void pseudoLikelihoodOfOneInputIsItsLikelihood() {
    TiedLayer layer = layer(1, 2, 3);
    double one = Math.exp(-layer.freeEnergy(new float[] {1}));
    double zero = Math.exp(-layer.freeEnergy(new float[] {0}));
    assertThat(LayerScore.of(layer, new float[] {0.9f}, 5).pseudoLikelihood())
        .isCloseTo(Math.log(one / (one + zero)), within(1e-6));
  }

  @Test
  void denoisingWithoutNoiseDescendsTheCrossEntropy() {
    TiedLayer layer = layer(4, 3, 2);
    float[] v = {0.2f, 1, 0, 0.7f};
    LayerStep step = new LayerStep(layer);
    new Denoising(layer, 0).add(v, 1, step);
    float[] before = layer.weights().clone();
    step.apply(layer, 1);
    for (int i = 0; i < before.length; i++) {
      float[] more = before.clone();
      float[] less = before.clone();
      more[i] += 1e-2f;
      less[i] -= 1e-2f;
      double slope = (loss(more, v) - loss(less, v)) / 2e-2;
      assertThat((double) layer.weights()[i] - before[i]).isCloseTo(-slope, within(2e-3));
    }
  }

  private static double loss(float[] weights, float[] v) {
    return v.length * LayerScore.of(new TiedLayer(4, 3, weights), v, 0).crossEntropy();
  }

  @Test
  void noiseSetsTheFractionOfTheInputsToZero() {
    float[] numbers = new float[10_000];
    Arrays.fill(numbers, 1);
    Draws.drop(numbers, 0.3, 9);
    double kept = 0;
    for (float number : numbers) {
      kept += number;
    }
    assertThat(kept / numbers.length).isCloseTo(0.7, within(0.02));
  }

  /** Two inputs that are always equal: no layer with biases alone has this distribution. */
  @Test
  void contrastiveDivergenceLearnsWhichInputsOccurTogether() {
    TiedLayer layer = layer(2, 4, 4);
    ContrastiveDivergence rule = new ContrastiveDivergence(layer);
    LayerStep step = new LayerStep(layer);
    for (int i = 0; i < 4_000; i++) {
      for (int example = 0; example < 10; example++) {
        float value = example % 2;
        rule.add(new float[] {value, value}, 10L * i + example, step);
      }
      step.apply(layer, 0.02);
    }
    double[] probabilities = new double[4];
    double sum = 0;
    for (int state = 0; state < 4; state++) {
      probabilities[state] = Math.exp(-layer.freeEnergy(new float[] {state & 1, state >> 1}));
      sum += probabilities[state];
    }
    // CD-1 finds the pairs, but is biased in how often each occurs.
    assertThat((probabilities[0] + probabilities[3]) / sum).isGreaterThan(0.9);
    assertThat(probabilities[0] / sum).isBetween(0.25, 0.75);
  }
}
