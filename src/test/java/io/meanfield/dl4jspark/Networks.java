package io.meanfield.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.dl4j.Dl4jStateAdapter;
import io.meanfield.network.LearnerState;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Builds networks with DL4J and compares their states after training. */
final class Networks {
  private Networks() {}

  static NeuralNetConfiguration.Builder seeded(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(777).updater(updater);
  }

  static MultiLayerConfiguration dense(NeuralNetConfiguration.Builder builder) {
    return builder
        .list()
        .layer(new DenseLayer.Builder().nIn(784).nOut(64).activation(Activation.RELU).build())
        .layer(new DenseLayer.Builder().nIn(64).nOut(32).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(32)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  static MultiLayerConfiguration dense() {
    return dense(seeded(new Adam(0.001)));
  }

  static LearnerState state(MultiLayerNetwork network) {
    return new Dl4jStateAdapter(network).state();
  }

  static void assertSameBits(LearnerState found, LearnerState expected) {
    assertThat(found.weightsSha256()).isEqualTo(expected.weightsSha256());
    assertThat(Arrays.equals(found.optimizerState(), expected.optimizerState())).isTrue();
    assertThat(found.iteration()).isEqualTo(expected.iteration());
    assertThat(found.epoch()).isEqualTo(expected.epoch());
  }
}
