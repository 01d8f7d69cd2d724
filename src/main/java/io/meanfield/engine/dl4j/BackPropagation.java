package io.meanfield.engine.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The forward and the backward pass through dense layers. Performs those operations of {@code
 * MultiLayerNetwork.fit} on which the gradients depend, so they are bit-identical. Omits the rest
 * of DL4J's work: the second computation of each layer's sums, the score, the gradient of the
 * network's input, and new buffers.
 */
@SuppressWarnings("try") // the scope variable is never used
final class BackPropagation {
  private static final WorkspaceConfiguration TEMPORARIES =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .overallocationLimit(0.1)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .build();

  private final INDArray params;
  private final INDArray gradients;
  private final ILossFunction loss;
  private final List<DenseWeights> layers = new ArrayList<>();
  private float[] weights = new float[0];

  BackPropagation(MultiLayerNetwork net) {
    if (net.getFlattenedGradients() == null) {
      net.initGradientsView();
    }
    this.params = net.params();
    this.gradients = net.getFlattenedGradients();
    for (Layer layer : net.getLayers()) {
      layers.add(DenseWeights.of(layer));
    }
    this.loss = ((BaseOutputLayer) net.getOutputLayer().conf().getLayer()).getLossFn();
  }

  /**
   * A dense layer. The arrays are views into the network's flat vectors of weights and gradients.
   *
   * @param w [inputs, units] in 'f' order
   * @param biasOffset index of the first of the layer's {@code units} biases in the flat weights
   * @param gradientW like {@code w}
   * @param gradientB [units]
   */
  private record DenseWeights(
      INDArray w, int biasOffset, INDArray gradientW, INDArray gradientB, IActivation activation) {
    static DenseWeights of(Layer layer) {
      Map<String, INDArray> gradients =
          layer
              .conf()
              .getLayer()
              .initializer()
              .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
      return new DenseWeights(
          layer.getParam(DefaultParamInitializer.WEIGHT_KEY),
          Math.toIntExact(layer.getParam(DefaultParamInitializer.BIAS_KEY).offset()),
          gradients.get(DefaultParamInitializer.WEIGHT_KEY),
          gradients.get(DefaultParamInitializer.BIAS_KEY),
          ((BaseLayer) layer.conf().getLayer()).getActivationFn());
    }
  }

  /**
   * The buffers for one size of minibatch. Those of a layer are [size, units], except {@code
   * epsilons}: the gradients of the loss by the layer's inputs, [inputs, size].
   */
  static final class BatchBuffers {
    private final INDArray input;
    private final INDArray targets;
    private final INDArray outputs;
    private final List<INDArray> products = new ArrayList<>();
    private final List<INDArray> sums = new ArrayList<>();
    private final List<INDArray> activations = new ArrayList<>();
    private final List<INDArray> epsilons = new ArrayList<>();

    private BatchBuffers(INDArray input, INDArray targets, List<DenseWeights> layers) {
      this.input = input;
      this.targets = targets;
      long size = input.size(0);
      for (DenseWeights layer : layers) {
        // The BLAS writes products in 'f' order. Sums and activations are in 'c' order as in DL4J,
        // because the order in which the next product is summed depends on it.
        products.add(matrix(size, layer.w.size(1), 'f'));
        sums.add(matrix(size, layer.w.size(1), 'c'));
        activations.add(matrix(size, layer.w.size(1), 'c'));
        epsilons.add(matrix(layer.w.size(0), size, 'f'));
      }
      this.outputs = activations.get(activations.size() - 1);
    }

    private static INDArray matrix(long rows, long columns, char order) {
      return Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, order);
    }

    INDArray input() {
      return input;
    }

    INDArray targets() {
      return targets;
    }

    INDArray outputs() {
      return outputs;
    }

    private INDArray inputOf(int layer) {
      return layer == 0 ? input : activations.get(layer - 1);
    }
  }

  /** Returns buffers for an input [size, inputs] and targets [size, outputs], both in 'c' order. */
  BatchBuffers buffers(INDArray input, INDArray targets) {
    return new BatchBuffers(input, targets, layers);
  }

  /**
   * Copies the flat weights into the layers. Keeps the array: the forward pass reads the biases
   * from it.
   */
  void load(float[] flat) {
    weights = flat;
    NativeFloats.write(flat, flat.length, params);
  }

  /** Computes the outputs for the input of {@code buffers}, into {@code buffers}. */
  void predict(BatchBuffers buffers) {
    try (MemoryWorkspace temporaries = temporaries()) {
      forward(buffers);
    }
  }

  /**
   * Computes the outputs for the input of {@code buffers}, into {@code buffers}, and the gradients
   * of the loss, summed over the examples, into {@code target}.
   *
   * @param target in the layout of the flat weights
   */
  void computeGradients(BatchBuffers buffers, float[] target) {
    try (MemoryWorkspace temporaries = temporaries()) {
      forward(buffers);
      backward(buffers);
    }
    NativeFloats.read(gradients, target);
  }

  private static MemoryWorkspace temporaries() {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(TEMPORARIES, "MEANFIELD_STEP");
  }

  private void forward(BatchBuffers buffers) {
    for (int i = 0; i < layers.size(); i++) {
      DenseWeights layer = layers.get(i);
      INDArray product = buffers.products.get(i);
      buffers.inputOf(i).mmuli(layer.w, product);
      float[] sums = addBiases(NativeFloats.read(product), layer.biasOffset, (int) product.size(0));
      NativeFloats.write(sums, sums.length, buffers.sums.get(i));
      INDArray activations = buffers.activations.get(i);
      NativeFloats.write(sums, sums.length, activations);
      layer.activation.getActivation(activations, true); // in place
    }
  }

  /**
   * Returns the products plus the biases. Also converts 'f' order to 'c' order, for which ND4J
   * would need a second pass over the memory.
   *
   * @param products [rows, units] in 'f' order
   * @return [rows, units] in 'c' order
   */
  private float[] addBiases(float[] products, int biasOffset, int rows) {
    int units = products.length / rows;
    float[] sums = new float[products.length];
    for (int unit = 0; unit < units; unit++) {
      float bias = weights[biasOffset + unit];
      for (int row = 0; row < rows; row++) {
        sums[row * units + unit] = products[unit * rows + row] + bias;
      }
    }
    return sums;
  }

  private void backward(BatchBuffers buffers) {
    int last = layers.size() - 1;
    INDArray delta =
        loss.computeGradient(
            buffers.targets, buffers.sums.get(last), layers.get(last).activation, null);
    for (int i = last; i >= 0; i--) {
      DenseWeights layer = layers.get(i);
      Nd4j.gemm(buffers.inputOf(i), delta, layer.gradientW, true, false, 1.0, 0.0);
      delta.sum(layer.gradientB, 0);
      if (i > 0) {
        INDArray epsilon = layer.w.mmuli(delta.transpose(), buffers.epsilons.get(i)).transpose();
        delta = layers.get(i - 1).activation.backprop(buffers.sums.get(i - 1), epsilon).getFirst();
      }
    }
  }
}
