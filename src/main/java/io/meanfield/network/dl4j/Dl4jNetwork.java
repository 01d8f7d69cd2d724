package io.meanfield.network.dl4j;

import io.meanfield.network.Activation;
import io.meanfield.network.Layer.Dense;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Keras' words in DL4J's classes, and back where a model file asks for it. */
public final class Dl4jNetwork {
  private Dl4jNetwork() {}

  /** The network as DL4J's configuration; plain DL4J code can build, restore and train it. */
  public static MultiLayerConfiguration configuration(NetworkSettings network) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(updater(network.optimizer()))
            .weightInit(WeightInit.XAVIER_UNIFORM) // Keras' glorot_uniform
            .list();
    int inputs = network.inputs();
    int last = network.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      Dense dense = (Dense) network.layers().get(i);
      layers.layer(i == last ? output(dense, inputs, network.loss()) : hidden(dense, inputs));
      inputs = dense.units();
    }
    return layers.build();
  }

  private static DenseLayer hidden(Dense dense, int inputs) {
    return new DenseLayer.Builder()
        .nIn(inputs)
        .nOut(dense.units())
        .activation(activation(dense.activation()))
        .build();
  }

  private static OutputLayer output(Dense dense, int inputs, Loss loss) {
    return new OutputLayer.Builder(loss(loss, dense.units()))
        .nIn(inputs)
        .nOut(dense.units())
        .activation(activation(dense.activation()))
        .build();
  }

  private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
    return switch (activation) {
      case RELU -> org.nd4j.linalg.activations.Activation.RELU;
      case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
      case TANH -> org.nd4j.linalg.activations.Activation.TANH;
      case SOFTMAX -> org.nd4j.linalg.activations.Activation.SOFTMAX;
      case LINEAR -> org.nd4j.linalg.activations.Activation.IDENTITY;
    };
  }

  private static ILossFunction loss(Loss loss, int outputs) {
    return switch (loss) {
      case CATEGORICAL_CROSSENTROPY -> new LossMCXENT();
      // DL4J adds the outputs up where Keras takes their mean.
      case BINARY_CROSSENTROPY -> new LossBinaryXENT(Nd4j.valueArrayOf(1, outputs, 1f / outputs));
      case MSE -> new LossMSE();
      case MAE -> new LossMAE();
    };
  }

  private static IUpdater updater(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.Sgd sgd) {
      return new Sgd(sgd.learningRate());
    }
    if (optimizer instanceof Optimizer.RmsProp rms) {
      return new RmsProp(rms.learningRate(), rms.rho(), rms.epsilon());
    }
    Optimizer.Adam adam = (Optimizer.Adam) optimizer;
    return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
  }

  /** The loss that a DL4J output layer stands for, or nothing if it is none of ours. */
  static java.util.Optional<Loss> loss(ILossFunction loss) {
    if (loss instanceof LossMCXENT) {
      return java.util.Optional.of(Loss.CATEGORICAL_CROSSENTROPY);
    }
    if (loss instanceof LossBinaryXENT) {
      return java.util.Optional.of(Loss.BINARY_CROSSENTROPY);
    }
    if (loss instanceof LossMAE) {
      return java.util.Optional.of(Loss.MAE);
    }
    return loss instanceof LossMSE ? java.util.Optional.of(Loss.MSE) : java.util.Optional.empty();
  }
}
