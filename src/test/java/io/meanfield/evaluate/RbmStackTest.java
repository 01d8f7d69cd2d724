package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.engine.SmallRbm;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.ContrastiveDivergence;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.Rbm;
import io.meanfield.network.layers.VisibleUnits;
import java.util.List;
import org.junit.jupiter.api.Test;

class RbmStackTest {
  private static final int SAMPLES = 1_000;

  private static Rbm rbm(int units) {
    return new Rbm(units, VisibleUnits.BINARY, ContrastiveDivergence.CD, 1, 0);
  }

  private static RbmStack stack(List<Layer> layers, double[]... weights) {
    NetworkSettings network =
        new NetworkSettings(List.of(4), layers, Loss.CONTRASTIVE_DIVERGENCE, new Optimizer.Sgd(1));
    LearnerState state = Model.untrained(network, 1).state();
    int next = 0;
    for (double[] ofLayer : weights) {
      for (double weight : ofLayer) {
        state.weights()[next++] = (float) weight;
      }
    }
    return RbmStack.of(Model.untrained(network, 1).with(state));
  }

  private static double[] means(List<float[]> samples, int width) {
    double[] means = new double[width];
    for (float[] sample : samples) {
      for (int i = 0; i < width; i++) {
        means[i] += sample[i] / (double) samples.size();
      }
    }
    return means;
  }

  private static double[] visibleMeans(SmallRbm machine) {
    double[] means = new double[machine.visible()];
    double[] distribution = machine.equilibrium();
    for (int v = 0; v < distribution.length; v++) {
      for (int i = 0; i < means.length; i++) {
        means[i] += distribution[v] * SmallRbm.bit(v, i);
      }
    }
    return means;
  }

  // The standard error of a mean of numbers in 0..1 over 1,000 chains is at most 0.016.
  @Test
  void samplesHaveTheMeansOfTheEnumeratedDistribution() {
    SmallRbm machine = SmallRbm.random(4, 3, 11);
    double[] found = means(stack(List.of(rbm(3)), machine.weights()).samples(SAMPLES, 5), 4);
    double[] expected = visibleMeans(machine);
    for (int i = 0; i < 4; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(0.05));
    }
  }

  // With W = 0 in the lower machine, what comes down is sigmoid(c) whatever the upper one draws.
  @Test
  void samplesOfAStackPassDownThroughTheLowerMachine() {
    double[] lower = new double[4 * 3 + 3 + 4];
    lower[4 * 3 + 3] = 2;
    RbmStack stack = stack(List.of(rbm(3), rbm(2)), lower, SmallRbm.random(3, 2, 7).weights());
    for (float[] sample : stack.samples(3, 5)) {
      assertThat(sample[0]).isCloseTo((float) (1 / (1 + Math.exp(-2))), within(1e-6f));
      assertThat(sample[1]).isEqualTo(0.5f);
    }
  }

  @Test
  void equalSeedsDrawEqualSamples() {
    RbmStack stack = stack(List.of(rbm(3)), SmallRbm.random(4, 3, 11).weights());
    assertThat(stack.samples(2, 5).get(1)).isEqualTo(stack.samples(2, 5).get(1));
    assertThat(stack.samples(2, 5).get(1)).isNotEqualTo(stack.samples(2, 6).get(1));
  }

  @Test
  void receptiveFieldsAreTheColumnsOfTheKernel() {
    SmallRbm machine = SmallRbm.random(4, 3, 11);
    List<float[]> fields = stack(List.of(rbm(3)), machine.weights()).receptiveFields(2);
    assertThat(fields).hasSize(2);
    for (int i = 0; i < 4; i++) {
      assertThat(fields.get(1)[i]).isEqualTo((float) machine.weights()[4 + i]);
    }
  }

  @Test
  void stackEndsBeforeTheFirstOtherLayer() {
    assertThat(stack(List.of(new Dense(3, Activation.SIGMOID), rbm(2))).isEmpty()).isTrue();
    RbmStack stack = stack(List.of(rbm(3), new Dense(2, Activation.SIGMOID)));
    assertThat(stack.isEmpty()).isFalse();
    assertThat(stack.units()).isEqualTo(3);
  }
}
