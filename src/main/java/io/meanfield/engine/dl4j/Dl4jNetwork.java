package io.meanfield.engine.dl4j;

import io.meanfield.network.Activation;
import io.meanfield.network.GradientClipping;
import io.meanfield.network.Layer;
import io.meanfield.network.Layer.Autoencoder;
import io.meanfield.network.Layer.AveragePooling2D;
import io.meanfield.network.Layer.BatchNormalization;
import io.meanfield.network.Layer.Conv2D;
import io.meanfield.network.Layer.Dense;
import io.meanfield.network.Layer.Dropout;
import io.meanfield.network.Layer.Flatten;
import io.meanfield.network.Layer.Lstm;
import io.meanfield.network.Layer.MaxPooling2D;
import io.meanfield.network.Layer.Padding;
import io.meanfield.network.Layer.SimpleRnn;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.Shape;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Keras' words in DL4J's classes. */
public final class Dl4jNetwork {
  private Dl4jNetwork() {}

  /**
   * The network as DL4J's configuration; plain DL4J code can build, restore and train it. Momentum
   * without Nesterov's look ahead, which DL4J lacks, becomes DL4J's Nesterovs, which goes on from
   * the same velocity; gelu becomes DL4J's, which is another curve.
   */
  public static MultiLayerConfiguration configuration(NetworkSettings network) {
    NeuralNetConfiguration.ListBuilder layers = builder(network).list();
    Shape shape = input(network);
    int count = 0;
    for (Layer layer : network.layers()) {
      if (layer instanceof Flatten) {
        // DL4J would put one in front of the next dense layer, and normalise channels before it.
        if (shape instanceof Shape.Image image) {
          layers.inputPreProcessor(
              count,
              new CnnToFeedForwardPreProcessor(image.height(), image.width(), image.channels()));
        }
        shape = new Shape.Flat(shape.count());
        continue;
      }
      layers.layer(
          count++,
          layer == network.output()
              ? output(network, shape.count())
              : hidden(network, layer, shape));
      shape = layer.outputShape(shape).orElseThrow();
    }
    return layers.setInputType(type(input(network))).build();
  }

  /** What the first layer takes: an input that is flattened at once is a row. */
  static Shape input(NetworkSettings network) {
    return network.layers().get(0) instanceof Flatten
        ? new Shape.Flat(network.inputs())
        : Shape.of(network.input());
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
            .updater(updater(network.optimizer()))
            .weightInit(WeightInit.XAVIER_UNIFORM); // Keras' glorot_uniform
    if (network.clipping() instanceof GradientClipping.Norm norm) {
      builder
          .gradientNormalization(GradientNormalization.ClipL2PerParamType)
          .gradientNormalizationThreshold(norm.limit());
    } else if (network.clipping() instanceof GradientClipping.Value value) {
      builder
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(value.limit());
    }
    return builder;
  }

  private static org.deeplearning4j.nn.conf.layers.Layer hidden(
      NetworkSettings network, Layer layer, Shape input) {
    if (layer instanceof Dense dense) {
      DenseLayer.Builder builder =
          new DenseLayer.Builder()
              .nIn(input.count())
              .nOut(dense.units())
              .activation(activation(dense.activation()));
      regularise(dense.l2(), network, builder);
      return builder.build();
    }
    if (layer instanceof Autoencoder autoencoder) {
      return autoencoder(network, autoencoder, input.count());
    }
    if (layer instanceof Conv2D conv) {
      return convolution(network, conv);
    }
    if (layer instanceof MaxPooling2D pooling) {
      return pooling(PoolingType.MAX, pooling.pool(), pooling.strides());
    }
    if (layer instanceof AveragePooling2D pooling) {
      return pooling(PoolingType.AVG, pooling.pool(), pooling.strides());
    }
    if (layer instanceof BatchNormalization normalization) {
      return new org.deeplearning4j.nn.conf.layers.BatchNormalization.Builder()
          .decay(normalization.momentum())
          .eps(normalization.epsilon())
          .useLogStd(true)
          .gradientNormalization(GradientNormalization.None)
          .build();
    }
    if (layer instanceof Dropout dropout) {
      return new DropoutLayer.Builder(1 - dropout.rate()).build();
    }
    return recurrent(network, layer);
  }

  private static AutoEncoder autoencoder(
      NetworkSettings network, Autoencoder autoencoder, int inputs) {
    AutoEncoder.Builder builder =
        new AutoEncoder.Builder()
            .nIn(inputs)
            .nOut(autoencoder.units())
            .activation(activation(autoencoder.activation()))
            .lossFunction(autoencoder.loss() == Loss.MSE ? LossFunction.MSE : LossFunction.XENT)
            .corruptionLevel(autoencoder.corruption());
    regularise(0, network, builder);
    return builder.build();
  }

  private static ConvolutionLayer convolution(NetworkSettings network, Conv2D conv) {
    ConvolutionLayer.Builder builder =
        new ConvolutionLayer.Builder(conv.kernel().height(), conv.kernel().width())
            .stride(conv.strides().height(), conv.strides().width())
            .convolutionMode(
                conv.padding() == Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate)
            .nOut(conv.filters())
            .activation(activation(conv.activation()));
    regularise(conv.l2(), network, builder);
    return builder.build();
  }

  private static SubsamplingLayer pooling(PoolingType type, Layer.Size pool, Layer.Size strides) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(pool.height(), pool.width())
        .stride(strides.height(), strides.width())
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  private static org.deeplearning4j.nn.conf.layers.Layer recurrent(
      NetworkSettings network, Layer layer) {
    if (layer instanceof Lstm lstm) {
      LSTM.Builder builder = new LSTM.Builder().nOut(lstm.units()).activation(new ActivationTanH());
      regularise(lstm.l2(), network, builder);
      return steps(builder.build(), lstm.returnSequences());
    }
    SimpleRnn rnn = (SimpleRnn) layer;
    org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn.Builder builder =
        new org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn.Builder()
            .nOut(rnn.units())
            .activation(activation(rnn.activation()));
    regularise(rnn.l2(), network, builder);
    return steps(builder.build(), rnn.returnSequences());
  }

  private static org.deeplearning4j.nn.conf.layers.Layer steps(
      BaseRecurrentLayer layer, boolean all) {
    return all ? layer : new LastTimeStep(layer);
  }

  private static OutputLayer output(NetworkSettings network, int inputs) {
    Dense dense = network.output();
    OutputLayer.Builder builder =
        new OutputLayer.Builder(loss(network.loss(), dense.units()))
            .nIn(inputs)
            .nOut(dense.units())
            .activation(activation(dense.activation()));
    regularise(dense.l2(), network, builder);
    return builder.build();
  }

  // Keras adds l2 * sum(w^2) to the loss, DL4J half of that. Layer by layer: what is said for the
  // whole network DL4J applies twice.
  private static void regularise(
      double l2,
      NetworkSettings network,
      org.deeplearning4j.nn.conf.layers.BaseLayer.Builder<?> builder) {
    List<Regularization> regularization = new ArrayList<>();
    if (l2 > 0) {
      regularization.add(new L2Regularization(2 * l2));
    }
    if (network.optimizer() instanceof Optimizer.AdamW adam && adam.weightDecay() > 0) {
      regularization.add(new WeightDecay(adam.weightDecay(), true));
    }
    if (!regularization.isEmpty()) {
      builder.regularization(regularization);
    }
  }

  static IActivation activation(Activation activation) {
    return switch (activation) {
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU(Activation.LEAK);
      case ELU -> new ActivationELU();
      case GELU -> new ActivationGELU(true);
      case SIGMOID -> new ActivationSigmoid();
      case TANH -> new ActivationTanH();
      case SOFTMAX -> new ActivationSoftmax();
      case LINEAR -> new ActivationIdentity();
    };
  }

  static ILossFunction loss(Loss loss, int outputs) {
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
      return sgd.momentum() == 0
          ? new Sgd(sgd.learningRate())
          : new Nesterovs(sgd.learningRate(), sgd.momentum());
    }
    if (optimizer instanceof Optimizer.RmsProp rms) {
      return new RmsProp(rms.learningRate(), rms.rho(), rms.epsilon());
    }
    if (optimizer instanceof Optimizer.AdamW adam) {
      return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
    }
    Optimizer.Adam adam = (Optimizer.Adam) optimizer;
    return new Adam(adam.learningRate(), adam.beta1(), adam.beta2(), adam.epsilon());
  }
}
