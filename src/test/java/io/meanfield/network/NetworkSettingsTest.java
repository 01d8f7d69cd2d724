package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.network.Layer.Dense;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkSettingsTest {
  private static NetworkSettings read(SettingsTree tree) {
    return NetworkSettings.read(tree.section("network"));
  }

  private static NetworkSettings read(String... assignments) {
    return read(SettingsTree.load(List.of(), List.of(assignments)));
  }

  private static void refuses(String message, String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    read(tree);
    assertThatThrownBy(tree::complainIfWrong).hasMessageContaining(message);
  }

  @Test
  void defaultIsTheNetworkOfTheLesson() {
    assertThat(read())
        .isEqualTo(
            new NetworkSettings(
                List.of(784),
                List.of(
                    new Dense(64, Activation.RELU),
                    new Dense(32, Activation.RELU),
                    new Dense(10, Activation.SOFTMAX)),
                Loss.CATEGORICAL_CROSSENTROPY,
                new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7),
                new Schedule.Constant()));
  }

  @Test
  void optimizersHaveKerasDefaults() {
    assertThat(read("network.optimizer.name=sgd").optimizer()).isEqualTo(new Optimizer.Sgd(0.01));
    assertThat(read("network.optimizer.name=rmsprop").optimizer())
        .isEqualTo(new Optimizer.RmsProp(0.001, 0.9, 1e-7));
  }

  @Test
  void theScheduleChangesTheOptimizersRate() {
    NetworkSettings network =
        read(
            "network.optimizer { learning-rate = 0.5,"
                + " schedule { name = step, decay-steps = 10, decay-rate = 0.5, warm-up-steps = 2 } }");
    assertThat(network.learningRate(0)).isZero();
    assertThat(network.learningRate(1)).isEqualTo(0.25);
    assertThat(network.learningRate(2)).isEqualTo(0.5);
    assertThat(network.learningRate(12)).isEqualTo(0.25);
  }

  @Test
  void hyperParameterOfAnotherOptimizerIsUnknown() {
    refuses(
        "unknown key network.optimizer.rho; did you mean",
        "network.optimizer { name = adam, rho = 0.9 }");
  }

  @Test
  void crossentropyNeedsItsActivation() {
    refuses(
        "network.layers[0].activation must be softmax in the last layer, because network.loss is"
            + " categorical_crossentropy, found \"relu\"",
        "network.layers = [ { dense = 10, activation = relu } ]");
    refuses(
        "network.layers[0].activation must be sigmoid in the last layer",
        "network.layers = [ { dense = 10, activation = softmax } ]",
        "network.loss = binary_crossentropy");
  }

  @Test
  void aClassifierHasTwoOutputsAtLeast() {
    refuses(
        "network.layers[0].dense must be at least 2 in the last layer, one output for each class, found 1",
        "network.layers = [ { dense = 1, activation = softmax } ]");
  }

  @Test
  void inputIsTheProductOfItsShape() {
    assertThat(read("network.input = [28, 28]").inputs()).isEqualTo(784);
  }

  @Test
  void firstWeightsAreGlorotUniformWithZeroBiases() {
    NetworkSettings network = read();
    float[] weights = FirstWeights.of(network, 777);
    assertThat(weights).hasSize(52_650);
    double limit = Math.sqrt(6.0 / (784 + 64));
    double sumOfSquares = 0;
    for (int i = 0; i < 784 * 64; i++) {
      assertThat((double) weights[i]).isBetween(-limit, limit);
      sumOfSquares += (double) weights[i] * weights[i];
    }
    // The variance of U(-a, a) is a^2 / 3; its estimate from 50,176 draws is off by less than 3 %.
    assertThat(sumOfSquares / (784 * 64) / (limit * limit / 3)).isBetween(0.97, 1.03);
    for (int bias = 784 * 64; bias < 784 * 64 + 64; bias++) {
      assertThat(weights[bias]).isZero();
    }
    assertThat(FirstWeights.of(network, 777)).isEqualTo(weights);
    assertThat(FirstWeights.of(network, 778)).isNotEqualTo(weights);
  }
}
