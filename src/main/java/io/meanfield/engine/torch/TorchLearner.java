package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.Activations;
import io.meanfield.engine.torch.layers.ForwardContext;
import io.meanfield.engine.torch.tensor.FlushDenormals;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Activation;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A learner on LibTorch. It allocates its own tensors once, or once for each size of minibatch; the
 * end of a step frees all other tensors of the step, so native memory does not grow with the steps.
 */
@SuppressWarnings("try") // the scope variable is never used
final class TorchLearner implements Learner {
  private final NetworkSettings network;
  private final Precision precision;
  private final Device device;
  private final org.bytedeco.pytorch.Device torchDevice;
  private final TorchParameters weights;
  private final Backprop propagation;
  private final TorchOptimizer optimizer;
  private final InputBuffers inputs;
  private final Map<Integer, OutputBuffers> outputBuffers = new HashMap<>();
  private float[] outputs = new float[0];
  private int iteration;
  private int epoch;

  TorchLearner(NetworkSettings network, Precision precision, Device device) {
    LibTorch.useSingleThread();
    this.network = network;
    this.precision = precision;
    this.device = device;
    this.torchDevice = LibTorch.torchDevice(device);
    this.inputs = new InputBuffers(network, torchDevice);
    this.weights = new TorchParameters(ParameterLayout.of(network), torchDevice);
    this.propagation =
        DensePropagation.supports(network)
            ? new DensePropagation(network, weights, torchDevice)
            : new Autograd(network, weights);
    this.optimizer = new TorchOptimizer(network, weights, torchDevice);
  }

  @Override
  public Device device() {
    return device;
  }

  private void requireLength(int found) {
    if (found != weights.layout().size()) {
      throw new IllegalArgumentException(
          "expected %s weights, found %s".formatted(weights.layout().size(), found));
    }
  }

  @Override
  public void restore(LearnerState state) {
    LibTorch.useSingleThread();
    requireLength(state.weights().length);
    LibTorch.write(state.weights(), weights.values());
    optimizer.restore(state.optimizerState());
    propagation.restart();
    iteration = state.iteration();
    epoch = state.epoch();
  }

  @Override
  public LearnerState state() {
    float[] values = new float[weights.layout().size()];
    LibTorch.read(weights.values(), values);
    return new LearnerState(values, optimizer.state(), iteration, epoch);
  }

  @Override
  public StepResult fit(Minibatch batch) {
    LibTorch.useSingleThread();
    InputBuffers.Tensors loaded = inputs.load(batch);
    try (PointerScope step = new PointerScope();
        FlushDenormals flush = new FlushDenormals()) {
      ForwardContext pass = ForwardContext.training(batch, precision);
      backward(propagation.forward(loaded.features(), pass), batch, loaded);
      pass.deferred().forEach(Runnable::run);
      optimizer.step(iteration);
    }
    iteration++;
    return StepResult.of(network.loss(), outputs, batch);
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    LibTorch.useSingleThread();
    Tensor features = inputs.loadFeatures(batch).features();
    try (PointerScope step = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      ForwardContext pass = ForwardContext.predicting(batch);
      Tensor sums = propagation.forward(features, pass);
      LibTorch.read(Activations.apply(network.output().activation(), sums), target);
    }
  }

  /**
   * Writes the gradients of the loss to the gradients of the weights, and the outputs to {@link
   * #outputs}. The loss is the sum over the examples, each multiplied by its weight, divided by the
   * number of examples.
   */
  private void backward(Tensor sums, Minibatch batch, InputBuffers.Tensors loaded) {
    Activation activation = network.output().activation();
    Tensor constantSums = sums.detach();
    OutputBuffers buffers = outputBuffers.computeIfAbsent(batch.size(), this::allocate);
    Tensor computed = buffers.outputs(activation, constantSums);
    read(computed, batch.size());
    Tensor gradient =
        gradient(buffers.difference(computed, loaded.targets())).div_(ScalarCache.of(batch.size()));
    if (batch.isWeighted()) {
      gradient.mul_(loaded.sampleWeights());
    }
    if (network.loss().requiredActivation().isEmpty()) {
      Activations.backward(activation, gradient, constantSums, computed);
    }
    propagation.backward(sums, gradient);
  }

  private void read(Tensor computed, int size) {
    int count = size * network.outputs();
    if (outputs.length < count) {
      outputs = new float[count];
    }
    LibTorch.read(computed, outputs);
  }

  private OutputBuffers allocate(int size) {
    return OutputBuffers.allocate(torchDevice, size, network.outputs());
  }

  /**
   * Returns the gradient of each example's loss [size, outputs]: with respect to the sums if the
   * loss requires an activation (then it is a multiple of {@code outputs - targets}), else with
   * respect to the outputs.
   *
   * @param difference {@code outputs - targets}, which may be overwritten
   */
  private Tensor gradient(Tensor difference) {
    double width = network.outputs();
    return switch (network.loss().kind()) {
      case CATEGORICAL_CROSSENTROPY -> difference;
      case BINARY_CROSSENTROPY -> difference.div_(ScalarCache.of(width));
      case MSE -> difference.mul_(ScalarCache.of(2 / width));
      case MAE -> torch.sign(difference).div_(ScalarCache.of(width));
      case HUBER -> clamped(difference, Loss.HUBER_DELTA).div_(ScalarCache.of(width));
      case PINBALL -> pinball(difference).div_(ScalarCache.of(width));
    };
  }

  // 1 - q for outputs above their targets, -q for those below; 0.5 - q, between them, at a target.
  private Tensor pinball(Tensor difference) {
    return torch
        .sign(difference)
        .mul_(ScalarCache.of(0.5))
        .add_(ScalarCache.of(0.5 - network.loss().quantile()));
  }

  private static Tensor clamped(Tensor numbers, double limit) {
    return numbers.clamp_max_(ScalarCache.of(limit)).clamp_min_(ScalarCache.of(-limit));
  }
}
