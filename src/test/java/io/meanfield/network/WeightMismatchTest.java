package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightMismatchTest {
  private static final Dense HIDDEN = new Dense(32, Activation.RELU);
  private static final Dense OUTPUT = new Dense(10, Activation.SOFTMAX);

  private static NetworkSettings network(int inputs, Layer... layers) {
    return new NetworkSettings(
        List.of(inputs), List.of(layers), Loss.CATEGORICAL_CROSSENTROPY, new Optimizer.Sgd(0.1));
  }

  private static String message(NetworkSettings one, NetworkSettings other) {
    return WeightMismatch.of(one, other).orElseThrow().message("first", "the settings");
  }

  @Test
  void layersWithoutWeightsMayDiffer() {
    assertThat(
            WeightMismatch.of(
                network(8, HIDDEN, OUTPUT),
                network(8, new Dense(32, Activation.TANH), new Dropout(0.5), OUTPUT)))
        .isEmpty();
  }

  @Test
  void messageNamesTheFirstLayerThatDiffersInBothNetworks() {
    assertThat(
            message(
                network(8, new Dropout(0.1), HIDDEN, HIDDEN, OUTPUT),
                network(8, HIDDEN, new Dense(16, Activation.RELU), OUTPUT)))
        .isEqualTo(
            "layer 2 of first is dense = 32, activation = relu on inputs [32], and layer 1 of the"
                + " settings is dense = 16, activation = relu on inputs [32]");
  }

  @Test
  void layersOfDifferentShapesDifferDespiteEqualNumbersOfWeights() {
    // 3 x 5 + 5 = 20 = 4 x 4 + 4
    assertThat(
            message(
                network(3, new Dense(5, Activation.RELU)),
                network(4, new Dense(4, Activation.RELU))))
        .isEqualTo(
            "layer 0 of first is dense = 5, activation = relu on inputs [3], and layer 0 of the"
                + " settings is dense = 4, activation = relu on inputs [4]");
  }

  @Test
  void messageGivesTheNumberOfLayersIfOneNetworkHasFewer() {
    assertThat(message(network(8, HIDDEN, OUTPUT), network(8, HIDDEN)))
        .isEqualTo(
            "layer 1 of first is dense = 10, activation = softmax on inputs [32], and the"
                + " number of layers with weights in the settings is only 1");
  }
}
