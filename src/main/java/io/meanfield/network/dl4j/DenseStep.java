package io.meanfield.network.dl4j;

import io.meanfield.network.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
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
 * One step of back-propagation through dense layers, with the operations of {@code
 * MultiLayerNetwork.fit} that its result depends on, so with its bits. What DL4J does besides is
 * left out: every layer's forward pass a second time, a third for the score, the gradient of the
 * network's input, new buffers.
 */
@SuppressWarnings("try") // a workspace is a scope: opened, and never named again
final class DenseStep {
  private static final WorkspaceConfiguration TEMPORARIES =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .overallocationLimit(0.1)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .build();

  private final MultiLayerNetwork net;
  private final BaseMultiLayerUpdater<?> updater;
  private final LearningRates rates;
  private final ILossFunction loss;
  private final List<Dense> layers = new ArrayList<>();
  private final INDArray gradients;
  private final INDArray flatGradients;

  DenseStep(MultiLayerNetwork net, Schedule schedule) {
    this.net = net;
    this.updater = (BaseMultiLayerUpdater<?>) net.getUpdater();
    this.rates = new LearningRates(schedule, updater.getUpdaterBlocks());
    if (net.getFlattenedGradients() == null) {
      net.initGradientsView();
    }
    this.gradients = net.getFlattenedGradients();
    this.flatGradients = gradients.reshape(gradients.length());
    for (Layer layer : net.getLayers()) {
      layers.add(Dense.of(layer));
    }
    this.loss = ((BaseOutputLayer) net.getOutputLayer().conf().getLayer()).getLossFn();
  }

  /**
   * A layer's weights W [inputs, units], biases b [units] and their gradients, all views into the
   * flat vectors.
   */
  private record Dense(
      INDArray w, INDArray b, INDArray gradientW, INDArray gradientB, IActivation activation) {
    static Dense of(Layer layer) {
      Map<String, INDArray> gradients =
          layer
              .conf()
              .getLayer()
              .initializer()
              .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
      return new Dense(
          layer.getParam(DefaultParamInitializer.WEIGHT_KEY),
          layer.getParam(DefaultParamInitializer.BIAS_KEY),
          gradients.get(DefaultParamInitializer.WEIGHT_KEY),
          gradients.get(DefaultParamInitializer.BIAS_KEY),
          ((BaseLayer) layer.conf().getLayer()).getActivationFn());
    }
  }

  /** Buffers for one size of minibatch; [size, units] each, but the input. */
  static final class Buffers {
    private final INDArray input;
    private final INDArray targets;
    private final INDArray outputs;
    private final List<INDArray> sums = new ArrayList<>();
    private final List<INDArray> activations = new ArrayList<>();
    private final List<INDArray> epsilons = new ArrayList<>();

    private Buffers(INDArray input, INDArray targets, List<Dense> layers) {
      this.input = input;
      this.targets = targets;
      long size = input.size(0);
      for (Dense layer : layers) {
        // 'c' order, as DL4J has them: the BLAS sums in another order for another layout.
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

  /**
   * Buffers around an input of [size, inputs] and targets of [size, outputs], both in 'c' order.
   */
  Buffers buffers(INDArray input, INDArray targets) {
    return new Buffers(input, targets, layers);
  }

  /** Leaves the network's outputs for the input in the buffers. */
  void predict(Buffers buffers) {
    try (MemoryWorkspace temporaries = temporaries()) {
      forward(buffers);
    }
  }

  /** Moves the weights by one minibatch; the outputs found on the way stay in the buffers. */
  void run(Buffers buffers) {
    try (MemoryWorkspace temporaries = temporaries()) {
      forward(buffers);
      backward(buffers);
      update((int) buffers.input.size(0));
    }
  }

  private static MemoryWorkspace temporaries() {
    return Nd4j.getWorkspaceManager().getAndActivateWorkspace(TEMPORARIES, "MEANFIELD_STEP");
  }

  private void forward(Buffers buffers) {
    for (int i = 0; i < layers.size(); i++) {
      Dense layer = layers.get(i);
      INDArray z = buffers.sums.get(i);
      buffers.inputOf(i).mmuli(layer.w, z);
      z.addiRowVector(layer.b);
      INDArray a = buffers.activations.get(i);
      a.assign(z);
      layer.activation.getActivation(a, true);
    }
  }

  private void backward(Buffers buffers) {
    int last = layers.size() - 1;
    INDArray delta =
        loss.computeGradient(
            buffers.targets, buffers.sums.get(last), layers.get(last).activation, null);
    for (int i = last; i >= 0; i--) {
      Dense layer = layers.get(i);
      Nd4j.gemm(buffers.inputOf(i), delta, layer.gradientW, true, false, 1.0, 0.0);
      delta.sum(layer.gradientB, 0);
      if (i > 0) {
        INDArray epsilon = layer.w.mmuli(delta.transpose(), buffers.epsilons.get(i)).transpose();
        delta = layers.get(i - 1).activation.backprop(buffers.sums.get(i - 1), epsilon).getFirst();
      }
    }
  }

  private void update(int size) {
    gradients.divi(size);
    rates.set(net.getIterationCount());
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      block.update(net.getIterationCount(), net.getEpochCount());
    }
    net.params().subi(flatGradients);
    net.setIterationCount(net.getIterationCount() + 1);
  }
}
