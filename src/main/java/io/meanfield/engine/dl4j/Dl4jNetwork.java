package io.meanfield.engine.dl4j;

import io.meanfield.network.GradientClipping;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.LayerTypes;
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
   * Returns the configuration, which plain DL4J code can build, restore and train. DL4J lacks
   * momentum without Nesterov's look-ahead: it becomes DL4J's Nesterovs, which continues from the
   * same velocity. Gelu becomes DL4J's gelu, which has a different formula.
   */
  public static MultiLayerConfiguration configuration(NetworkSettings network) {
    NeuralNetConfiguration.ListBuilder list = builder(network).list();
    List<Shape> shapes = network.shapes();
    int count = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      Optional<org.deeplearning4j.nn.conf.layers.Layer> layer = layer(network, i, shapes.get(i));
      if (layer.isPresent()) {
        list.layer(count++, layer.get());
      } else if (shapes.get(i) instanceof Shape.Image image) {
        // Without it DL4J would normalise channels first and flatten only before the next dense
        // layer.
        list.inputPreProcessor(
            count,
            new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels()));
      }
    }
    // The number of categories of an embedding differs from its number of inputs.
    list.overrideNinUponBuild(false);
    return list.setInputType(type(network.exampleShape())).build();
  }

  private static Optional<org.deeplearning4j.nn.conf.layers.Layer> layer(
      NetworkSettings network, int number, Shape input) {
    if (number == network.layers().size() - 1) {
      return Optional.of(Dl4jLayers.output(network, input.count()));
    }
    return LayerTypes.visit(network.layers().get(number), new Dl4jLayers(network, input));
  }

  /** Returns DL4J's number for each layer; flatten layers have none of their own. */
  static int[] numbers(NetworkSettings network) {
    List<Shape> shapes = network.shapes();
    int[] numbers = new int[network.layers().size()];
    for (int i = 1; i < numbers.length; i++) {
      numbers[i] = numbers[i - 1] + (layer(network, i - 1, shapes.get(i - 1)).isPresent() ? 1 : 0);
    }
    return numbers;
  }

  private static InputType type(Shape shape) {
    if (shape instanceof Shape.Image image) {
      return InputType.convolutional(image.height(), image.width(), image.channels());
    }
    return shape instanceof Shape.Sequence sequence
        ? InputType.recurrent(sequence.features(), sequence.steps())
        : InputType.feedForward(shape.count());
  }

  private static NeuralNetConfiguration.Builder builder(NetworkSettings network) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .updater(network.optimizer().accept(new Updaters()))
            .weightInit(WeightInit.XAVIER_UNIFORM); // Keras' glorot_uniform
    return network.clipping().accept(new ClippingOf(builder));
  }

  /** Sets DL4J's gradient normalisation for each way of clipping. */
  private record ClippingOf(NeuralNetConfiguration.Builder builder)
      implements GradientClipping.Visitor<NeuralNetConfiguration.Builder> {
    @Override
    public NeuralNetConfiguration.Builder none(GradientClipping.None none) {
      return builder;
    }

    @Override
    public NeuralNetConfiguration.Builder norm(GradientClipping.Norm norm) {
      return builder
          .gradientNormalization(GradientNormalization.ClipL2PerParamType)
          .gradientNormalizationThreshold(norm.limit());
    }

    @Override
    public NeuralNetConfiguration.Builder value(GradientClipping.Value value) {
      return builder
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(value.limit());
    }
  }

  /** Converts each optimizer to DL4J's updater. */
  private record Updaters() implements Optimizer.Visitor<IUpdater> {
    @Override
    public IUpdater sgd(Optimizer.Sgd sgd) {
      return sgd.momentum() == 0
          ? new Sgd(sgd.learningRate())
          : new Nesterovs(sgd.learningRate(), sgd.momentum());
    }

    @Override
    public IUpdater rmsProp(Optimizer.RmsProp rms) {
      return new RmsProp(rms.learningRate(), rms.rho(), rms.epsilon());
    }

    @Override
    public IUpdater adam(Optimizer.Adam adam) {
      return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }

    /** Returns Adam; the decay is part of each layer, in {@link Dl4jLayers}. */
    @Override
    public IUpdater adamW(Optimizer.AdamW adam) {
      return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }
  }
}
