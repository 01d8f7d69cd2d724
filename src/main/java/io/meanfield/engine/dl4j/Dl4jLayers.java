package io.meanfield.engine.dl4j;

import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.AveragePooling2D;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Embedding;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.LayerTypes;
import io.meanfield.network.layers.LayerVisitor;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.Padding;
import io.meanfield.network.layers.PiecewiseLinear;
import io.meanfield.network.layers.Scaling;
import io.meanfield.network.layers.Shape;
import io.meanfield.network.layers.SimpleRnn;
import io.meanfield.network.layers.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * Converts each layer to DL4J's; empty for flatten, which in DL4J is a preprocessor of the next
 * layer.
 */
final class Dl4jLayers implements LayerVisitor<Optional<Layer>> {
  private final NetworkSettings network;
  private final Shape input;

  private Dl4jLayers(NetworkSettings network, Shape input) {
    this.network = network;
    this.input = input;
  }

  /**
   * Returns DL4J's layer; the last one has the loss.
   *
   * @param input the shape of the layer's input
   */
  static Optional<Layer> layer(NetworkSettings network, int index, Shape input) {
    return index == network.layers().size() - 1
        ? Optional.of(output(network, input.count()))
        : LayerTypes.visit(network.layers().get(index), new Dl4jLayers(network, input));
  }

  @Override
  public Optional<Layer> dense(Dense dense) {
    DenseLayer.Builder builder =
        new DenseLayer.Builder()
            .nIn(input.count())
            .nOut(dense.units())
            .activation(activation(dense.activation()));
    regularise(dense.l2(), network, builder);
    return Optional.of(builder.build());
  }

  @Override
  public Optional<Layer> conv2D(Conv2D conv) {
    ConvolutionLayer.Builder builder =
        new ConvolutionLayer.Builder(conv.kernel().height(), conv.kernel().width())
            .stride(conv.strides().height(), conv.strides().width())
            .convolutionMode(convolutionMode(conv.padding()))
            .nOut(conv.filters())
            .activation(activation(conv.activation()));
    regularise(conv.l2(), network, builder);
    return Optional.of(builder.build());
  }

  private static ConvolutionMode convolutionMode(Padding padding) {
    return switch (padding) {
      case SAME -> ConvolutionMode.Same;
      case VALID -> ConvolutionMode.Truncate;
    };
  }

  @Override
  public Optional<Layer> maxPooling2D(MaxPooling2D pooling) {
    return Optional.of(pooling(PoolingType.MAX, pooling.pool(), pooling.strides()));
  }

  @Override
  public Optional<Layer> averagePooling2D(AveragePooling2D pooling) {
    return Optional.of(pooling(PoolingType.AVG, pooling.pool(), pooling.strides()));
  }

  private static Layer pooling(PoolingType type, Size pool, Size strides) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(pool.height(), pool.width())
        .stride(strides.height(), strides.width())
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  @Override
  public Optional<Layer> flatten(Flatten flatten) {
    return Optional.empty();
  }

  @Override
  public Optional<Layer> dropout(Dropout dropout) {
    return Optional.of(new DropoutLayer.Builder(1 - dropout.rate()).build());
  }

  @Override
  public Optional<Layer> batchNormalization(BatchNormalization normalization) {
    return Optional.of(
        new org.deeplearning4j.nn.conf.layers.BatchNormalization.Builder()
            .decay(normalization.momentum())
            .eps(normalization.epsilon())
            .useLogStd(true)
            // DL4J stores the updates of running means and deviations as gradients, and would clip
            // them too.
            .gradientNormalization(GradientNormalization.None)
            .build());
  }

  @Override
  public Optional<Layer> lstm(Lstm lstm) {
    LSTM.Builder builder =
        new LSTM.Builder().nOut(lstm.units()).activation(activation(Activation.TANH));
    regularise(lstm.l2(), network, builder);
    return Optional.of(recurrent(builder.build(), lstm.returnSequences()));
  }

  @Override
  public Optional<Layer> simpleRnn(SimpleRnn rnn) {
    org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn.Builder builder =
        new org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn.Builder()
            .nOut(rnn.units())
            .activation(activation(rnn.activation()));
    regularise(rnn.l2(), network, builder);
    return Optional.of(recurrent(builder.build(), rnn.returnSequences()));
  }

  private static Layer recurrent(BaseRecurrentLayer layer, boolean returnSequences) {
    return returnSequences ? layer : new LastTimeStep(layer);
  }

  @Override
  public Optional<Layer> embedding(Embedding embedding) {
    EmbeddingSequenceLayer.Builder builder =
        new EmbeddingSequenceLayer.Builder()
            .nIn(embedding.categories())
            .nOut(embedding.units())
            .inputLength(input.count())
            .activation(activation(Activation.LINEAR));
    regularise(0, network, builder);
    return Optional.of(builder.build());
  }

  /**
   * Not called, because DL4J embeds columns in several layers: see {@link Dl4jGraph}.
   *
   * @throws IllegalArgumentException always
   */
  @Override
  public Optional<Layer> columnEmbeddings(ColumnEmbeddings embeddings) {
    throw new IllegalArgumentException(
        "column embeddings are several layers in DL4J, found " + embeddings.display());
  }

  /** Returns nothing, because DL4J has no such layer: its network takes the encoded numbers. */
  @Override
  public Optional<Layer> piecewiseLinear(PiecewiseLinear encoding) {
    return Optional.empty();
  }

  /** Returns nothing, because DL4J has no such layer. */
  @Override
  public Optional<Layer> scaling(Scaling scaling) {
    return Optional.empty();
  }

  /** Returns the last layer of a network; in DL4J this layer has the loss. */
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

  // Keras adds l2 * sum(w^2) to the loss, DL4J half of that. The weight decay is set for each
  // layer, because DL4J would apply one that is set for the whole network twice.
  static void regularise(double l2, NetworkSettings network, BaseLayer.Builder<?> builder) {
    List<Regularization> regularization = new ArrayList<>();
    if (l2 > 0) {
      regularization.add(new L2Regularization(2 * l2));
    }
    if (network.optimizer().weightDecay() > 0) {
      regularization.add(new WeightDecay(network.optimizer().weightDecay(), true));
    }
    if (!regularization.isEmpty()) {
      builder.regularization(regularization);
    }
  }

  /** Returns DL4J's activation; for gelu one with a different formula. */
  private static IActivation activation(Activation activation) {
    return switch (activation) {
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU(Activation.LEAKY_RELU_SLOPE);
      case ELU -> new ActivationELU();
      case GELU -> new ActivationGELU(true);
      case MISH -> new ActivationMish();
      case SELU -> new ActivationSELU();
      case SIGMOID -> new ActivationSigmoid();
      case TANH -> new ActivationTanH();
      case SOFTMAX -> new ActivationSoftmax();
      case LINEAR -> new ActivationIdentity();
    };
  }

  /** Returns the loss with Keras' value for one example of {@code outputs} numbers. */
  private static ILossFunction loss(Loss loss, int outputs) {
    return switch (loss.kind()) {
      case CATEGORICAL_CROSSENTROPY -> new LossMCXENT();
      // DL4J sums this loss over the outputs, Keras averages it.
      case BINARY_CROSSENTROPY -> new LossBinaryXENT(Nd4j.valueArrayOf(1, outputs, 1f / outputs));
      // DL4J lacks two of them; it would continue the training of a file with this one.
      case MSE, HUBER -> new LossMSE();
      case MAE, PINBALL -> new LossMAE();
    };
  }
}
