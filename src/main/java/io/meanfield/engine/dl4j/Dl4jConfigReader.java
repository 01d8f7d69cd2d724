package io.meanfield.engine.dl4j;

import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Autoencoder;
import io.meanfield.network.layers.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
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
 * Reads a network from a DL4J configuration. Supports dense networks only, because the
 * configuration lacks the size of images and the length of sequences.
 */
final class Dl4jConfigReader {
  private static final Map<Class<? extends IActivation>, Activation> KNOWN =
      Map.of(
          ActivationReLU.class, Activation.RELU,
          ActivationLReLU.class, Activation.LEAKY_RELU,
          ActivationELU.class, Activation.ELU,
          ActivationSigmoid.class, Activation.SIGMOID,
          ActivationTanH.class, Activation.TANH,
          ActivationSoftmax.class, Activation.SOFTMAX,
          ActivationIdentity.class, Activation.LINEAR);

  private final MultiLayerConfiguration configuration;
  private final String name;

  private Dl4jConfigReader(MultiLayerConfiguration configuration, String name) {
    this.configuration = configuration;
    this.name = name;
  }

  /**
   * Reads the configuration in the file {@code name}.
   *
   * @throws io.meanfield.error.UserException if Meanfield cannot describe the network; names the
   *     first unsupported element
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
          activation(autoencoder.getActivationFn()),
          autoencoder.getCorruptionLevel());
    }
    boolean known = last ? layer instanceof BaseOutputLayer : layer instanceof DenseLayer;
    if (!known) {
      throw unknown("layer " + number + " is " + layer.getClass().getSimpleName());
    }
    FeedForwardLayer dense = (FeedForwardLayer) layer;
    return new Dense((int) dense.getNOut(), activation(dense.getActivationFn()));
  }

  private Activation activation(IActivation activation) {
    if (activation instanceof ActivationLReLU leaky
        && leaky.getAlpha() != Activation.LEAKY_RELU_SLOPE) {
      throw unknown("a slope of leaky_relu is " + leaky.getAlpha());
    }
    return KNOWN.entrySet().stream()
        .filter(known -> known.getKey().isInstance(activation))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> unknown("an activation is " + activation));
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
    throw unknown("its loss is " + loss);
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
    throw unknown("its optimizer is " + updater);
  }

  private RuntimeException unknown(String found) {
    return ModelFile.unusable(
        name
            + " is a DL4J network that Meanfield cannot describe: "
            + found
            + "; expected dense layers and autoencoders with relu, leaky_relu (0.2), elu, sigmoid, tanh, softmax or"
            + " linear and an output layer",
        null);
  }
}
