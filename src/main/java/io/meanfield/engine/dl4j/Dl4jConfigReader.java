package io.meanfield.engine.dl4j;

import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Autoencoder;
import io.meanfield.network.layers.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Reads a network from a DL4J configuration. Supports dense layers and autoencoders only, because
 * the configuration lacks the size of images and the length of sequences. Ignores dropout, L2
 * penalties and clipping of the configuration.
 */
final class Dl4jConfigReader {
  private final MultiLayerConfiguration configuration;
  private final String name;

  private Dl4jConfigReader(MultiLayerConfiguration configuration, String name) {
    this.configuration = configuration;
    this.name = name;
  }

  /**
   * Returns the network of a configuration.
   *
   * @param name of the file that holds the configuration, for error messages
   * @throws UserException if Meanfield does not support the network; names the first unsupported
   *     layer, activation, loss or updater
   */
  static NetworkSettings read(MultiLayerConfiguration configuration, String name) {
    return new Dl4jConfigReader(configuration, name).read();
  }

  private NetworkSettings read() {
    int last = configuration.getConfs().size() - 1;
    List<io.meanfield.network.layers.Layer> layers = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      layers.add(layer(i, i == last));
    }
    BaseOutputLayer output = (BaseOutputLayer) layer(last);
    return new NetworkSettings(
        List.of((int) ((FeedForwardLayer) layer(0)).getNIn()),
        layers,
        loss(output.getLossFn()),
        optimizer(output.getIUpdater()));
  }

  private Layer layer(int number) {
    return configuration.getConf(number).getLayer();
  }

  private io.meanfield.network.layers.Layer layer(int number, boolean last) {
    Layer layer = layer(number);
    if (!last && layer instanceof AutoEncoder autoencoder) {
      return new Autoencoder(
          (int) autoencoder.getNOut(),
          activation(number, autoencoder.getActivationFn()),
          autoencoder.getCorruptionLevel());
    }
    boolean supported = last ? layer instanceof BaseOutputLayer : layer instanceof DenseLayer;
    if (!supported) {
      throw unsupported(
          "DenseLayer or AutoEncoder, and OutputLayer as the last layer",
          layer.getClass().getSimpleName() + " as layer " + number);
    }
    FeedForwardLayer dense = (FeedForwardLayer) layer;
    return new Dense((int) dense.getNOut(), activation(number, dense.getActivationFn()));
  }

  private Activation activation(int layer, IActivation found) {
    return Arrays.stream(Activation.values())
        .filter(activation -> activation != Activation.GELU) // DL4J's has a different formula
        .filter(activation -> Dl4jLayers.activation(activation).equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                unsupported(
                    "the activation relu, leaky_relu (slope 0.2), elu (alpha 1), sigmoid, tanh,"
                        + " softmax or linear",
                    found + " in layer " + layer));
  }

  private Loss loss(ILossFunction loss) {
    if (loss instanceof LossMCXENT) {
      return Loss.CATEGORICAL_CROSSENTROPY;
    }
    if (loss instanceof LossBinaryXENT) {
      return Loss.BINARY_CROSSENTROPY;
    }
    if (loss instanceof LossMAE) {
      return Loss.MAE;
    }
    if (loss instanceof LossMSE) {
      return Loss.MSE;
    }
    throw unsupported("the loss LossMCXENT, LossBinaryXENT, LossMSE or LossMAE", loss.toString());
  }

  private Optimizer optimizer(IUpdater updater) {
    if (updater instanceof Adam adam) {
      return new Optimizer.Adam(
          adam.getLearningRate(), adam.getBeta1(), adam.getBeta2(), adam.getEpsilon());
    }
    if (updater instanceof RmsProp rms) {
      return new Optimizer.RmsProp(rms.getLearningRate(), rms.getRmsDecay(), rms.getEpsilon());
    }
    if (updater instanceof Nesterovs nesterovs) {
      return new Optimizer.Sgd(nesterovs.getLearningRate(), nesterovs.getMomentum(), true);
    }
    if (updater instanceof Sgd sgd) {
      return new Optimizer.Sgd(sgd.getLearningRate());
    }
    throw unsupported("the updater Sgd, Nesterovs, RmsProp or Adam", updater.toString());
  }

  private UserException unsupported(String expected, String found) {
    return UnusableModel.because(
        name
            + " is a DL4J network that Meanfield cannot read: expected "
            + expected
            + ", found "
            + found
            + "; write the network in a job file and import its weights with train --from"
            + " WEIGHTS.npz",
        null);
  }
}
