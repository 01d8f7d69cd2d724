package io.meanfield.engine.dl4j;

import io.meanfield.learner.Minibatch;
import io.meanfield.network.Model;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J without Meanfield's learners, the reference of tests on dense networks. */
final class PlainDl4j {
  private PlainDl4j() {}

  /** Returns a DL4J network with the weights of {@code model} and a fresh optimizer. */
  static MultiLayerNetwork network(Model model) {
    return network(model, Dl4jNetwork.configuration(model.network().settings()));
  }

  /** Returns a DL4J network of this configuration, with the weights of {@code model}. */
  static MultiLayerNetwork network(Model model, MultiLayerConfiguration configuration) {
    MultiLayerNetwork net = new MultiLayerNetwork(configuration);
    net.init(Nd4j.createFromArray(model.state().weights()).reshape(1, -1), true);
    return net;
  }

  /** Calls {@code MultiLayerNetwork.fit} with the examples of {@code batch}. */
  static void fit(MultiLayerNetwork net, Minibatch batch) {
    net.fit(features(net, batch), matrix(batch.targets(), batch.size(), batch.outputs()));
  }

  /** Returns the features of {@code batch}, [size, inputs]. */
  static INDArray features(MultiLayerNetwork net, Minibatch batch) {
    return matrix(batch.features(), batch.size(), net.layerInputSize(0));
  }

  private static INDArray matrix(float[] values, int rows, int columns) {
    return Nd4j.create(Arrays.copyOf(values, rows * columns), new int[] {rows, columns}, 'c');
  }
}
