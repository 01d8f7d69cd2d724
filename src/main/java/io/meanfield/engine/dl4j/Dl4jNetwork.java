package io.meanfield.engine.dl4j;

import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Shape;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Converts a network to a DL4J configuration. */
public final class Dl4jNetwork {
  private Dl4jNetwork() {}

  /**
   * Returns a configuration that plain DL4J can build, restore and train. It differs from {@code
   * network} in five ways: huber, which DL4J lacks, becomes mse, which gives the same outputs;
   * momentum without Nesterov's look-ahead, which DL4J lacks, becomes DL4J's Nesterovs, whose
   * velocity has the same meaning; gelu becomes DL4J's gelu, which has a different formula;
   * piecewise-linear encodings and scalings are left out, so the network takes numbers after them;
   * the learning rate is constant, without the schedule.
   */
  public static MultiLayerConfiguration configuration(NetworkSettings network) {
    NeuralNetConfiguration.ListBuilder list = builder(network).list();
    List<Shape> shapes = network.shapes();
    int number = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      Optional<org.deeplearning4j.nn.conf.layers.Layer> layer =
          Dl4jLayers.layer(network, i, shapes.get(i));
      if (layer.isPresent()) {
        list.layer(number++, layer.get());
      } else if (shapes.get(i) instanceof Shape.Image image) {
        // By default DL4J flattens before the next dense layer only. A batch normalisation between
        // would then normalise channels instead of the numbers of the row.
        list.inputPreProcessor(
            number,
            new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels()));
      }
    }
    // By default DL4J would replace an embedding's number of categories by its number of inputs.
    list.overrideNinUponBuild(false);
    return list.setInputType(inputType(network.exampleShape())).build();
  }

  private static InputType inputType(Shape shape) {
    if (shape instanceof Shape.Image image) {
      return InputType.convolutional(image.height(), image.width(), image.channels());
    }
    return shape instanceof Shape.Sequence sequence
        ? InputType.recurrent(sequence.features(), sequence.steps())
        : InputType.feedForward(shape.count());
  }

  static NeuralNetConfiguration.Builder builder(NetworkSettings network) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            // DL4J's default comes from the clock and would make the files of equal models differ.
            .seed(0)
            .updater(network.optimizer().accept(new OptimizerConverter()))
            .weightInit(WeightInit.XAVIER_UNIFORM); // Keras' glorot_uniform
    return network.clipNorm() == 0
        ? builder
        : builder
            .gradientNormalization(GradientNormalization.ClipL2PerParamType)
            .gradientNormalizationThreshold(network.clipNorm());
  }

  /** Converts each optimizer to DL4J's updater. */
  private record OptimizerConverter() implements Optimizer.Visitor<IUpdater> {
    @Override
    public IUpdater sgd(Optimizer.Sgd sgd) {
      return sgd.momentum() == 0
          ? new Sgd(sgd.learningRate())
          : new Nesterovs(sgd.learningRate(), sgd.momentum());
    }

    @Override
    public IUpdater rmsProp(Optimizer.RmsProp rms) {
      return new RmsProp(rms.learningRate(), Optimizer.RmsProp.RHO, rms.epsilon());
    }

    @Override
    public IUpdater adam(Optimizer.Adam adam) {
      return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }

    /** Returns Adam; {@link Dl4jLayers} adds the weight decay to each layer. */
    @Override
    public IUpdater adamW(Optimizer.AdamW adam) {
      return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }
  }
}
