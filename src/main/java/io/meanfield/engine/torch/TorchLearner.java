package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.Activations;
import io.meanfield.engine.torch.layers.BatchHeader;
import io.meanfield.engine.torch.layers.ForwardContext;
import io.meanfield.engine.torch.tensor.FlushDenormals;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.Minibatches;
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
  private final Device device;
  private final org.bytedeco.pytorch.Device torchDevice;
  private final TorchParameters weights;
  private final Backprop propagation;
  private final TorchOptimizer optimizer;
  private final StepScores scores;
  private final BatchLoader loader;
  private final InputBuffers predicted;
  private final Map<Integer, OutputBuffers> outputBuffers = new HashMap<>();
  private int iteration;
  private int epoch;

  /** Creates a learner that computes loss and accuracy where they cost the least. */
  TorchLearner(NetworkSettings network, Device device) {
    this(network, device, TrainingPath.of(network, device));
  }

  TorchLearner(NetworkSettings network, Device device, TrainingPath path) {
    LibTorch.useSingleThread();
    this.network = network;
    this.device = device;
    this.scores = path.scores();
    this.loader = path.loader();
    this.torchDevice = LibTorch.torchDevice(device);
    this.predicted = new InputBuffers(network, torchDevice);
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
          "expected " + weights.layout().size() + " weights, found " + found);
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
    return fit(Minibatches.of(batch));
  }

  @Override
  public StepResult fit(Minibatches batches) {
    LibTorch.useSingleThread();
    loader.load(batches, this::step);
    return scores.take();
  }

  private void step(LoadedBatch batch) {
    LibTorch.useSingleThread();
    Runnable score = train(batch);
    iteration++;
    score.run();
  }

  /** Makes a step and returns the rest of the work on its score. */
  private Runnable train(LoadedBatch batch) {
    try (PointerScope step = new PointerScope();
        FlushDenormals flush = new FlushDenormals()) {
      ForwardContext pass = ForwardContext.training(batch.header());
      Runnable score = backward(propagation.forward(batch.tensors().features(), pass), batch);
      pass.deferred().forEach(Runnable::run);
      optimizer.step(iteration);
      return score;
    }
  }

  @Override
  public void predict(Minibatch batch, float[] outputs) {
    LibTorch.useSingleThread();
    Tensor features = predicted.loadFeatures(batch).features();
    try (PointerScope step = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      ForwardContext pass = ForwardContext.predicting(BatchHeader.of(batch));
      Tensor sums = propagation.forward(features, pass);
      LibTorch.read(Activations.apply(network.output().activation(), sums), outputs);
    }
  }

  /**
   * Writes the gradients of the loss to the gradients of the weights, and returns the rest of the
   * work on the score. The loss is the sum over the examples, each multiplied by its weight,
   * divided by the number of examples.
   */
  private Runnable backward(Tensor sums, LoadedBatch batch) {
    Activation activation = network.output().activation();
    InputTensors loaded = batch.tensors();
    Tensor constantSums = sums.detach();
    OutputBuffers buffers = outputBuffers.computeIfAbsent(batch.header().size(), this::allocate);
    Tensor outputs = buffers.outputs(activation, constantSums);
    Runnable score = scores.add(outputs, batch);
    Tensor gradient =
        gradient(buffers.difference(outputs, loaded.targets()))
            .div_(ScalarCache.of(batch.header().size()));
    if (batch.header().weighted()) {
      gradient.mul_(loaded.sampleWeights());
    }
    if (network.loss().requiredActivation().isEmpty()) {
      Activations.backward(activation, gradient, constantSums, outputs);
    }
    propagation.backward(sums, gradient);
    return score;
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
    };
  }

  private static Tensor clamped(Tensor numbers, double limit) {
    return numbers.clamp_max_(ScalarCache.of(limit)).clamp_min_(ScalarCache.of(-limit));
  }
}
