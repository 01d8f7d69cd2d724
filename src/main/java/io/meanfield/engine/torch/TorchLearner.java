package io.meanfield.engine.torch;

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
  private final Device device;
  private final org.bytedeco.pytorch.Device torchDevice;
  private final TorchParameters weights;
  private final Backprop propagation;
  private final TorchOptimizer optimizer;
  private final Map<Integer, InputTensors> buffers = new HashMap<>();
  private int iteration;
  private int epoch;

  /**
   * The input tensors and the outputs for one size of minibatch.
   *
   * @param pixels [size, inputs], unsigned bytes; used for images only
   * @param features [size, inputs]; for images the pixels, from 0 to 255
   * @param targets [size, outputs]
   * @param sampleWeights [size, 1]
   * @param outputs [size, outputs]
   */
  private record InputTensors(
      Tensor pixels, Tensor features, Tensor targets, Tensor sampleWeights, float[] outputs) {}

  TorchLearner(NetworkSettings network, Device device) {
    LibTorch.useSingleThread();
    this.network = network;
    this.device = device;
    this.torchDevice = LibTorch.torchDevice(device);
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

  @Override
  public void restore(LearnerState state) {
    LibTorch.useSingleThread();
    LibTorch.write(state.weights(), weights.values());
    optimizer.restore(state.optimizerState());
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
    InputTensors loaded = load(batch);
    LibTorch.write(batch.targets(), loaded.targets());
    if (batch.isWeighted()) {
      LibTorch.write(batch.sampleWeights(), loaded.sampleWeights());
    }
    try (PointerScope step = new PointerScope();
        FlushDenormals flush = new FlushDenormals()) {
      ForwardContext pass = ForwardContext.training(batch);
      backward(propagation.forward(loaded.features(), pass), loaded, batch);
      pass.deferred().forEach(Runnable::run);
      optimizer.step(iteration);
    }
    iteration++;
    return StepResult.of(network.loss(), loaded.outputs(), batch);
  }

  @Override
  public StepResult pretrain(int layer, Minibatch batch) {
    LibTorch.useSingleThread();
    Tensor features = load(batch).features();
    Autograd autograd = (Autograd) propagation; // an autoencoder is not a dense layer
    TorchAutoencoder autoencoder = autograd.autoencoder(layer);
    float[] inputs;
    float[] reconstruction;
    try (PointerScope step = new PointerScope();
        FlushDenormals flush = new FlushDenormals()) {
      Tensor encoded = autograd.encodeUpTo(layer, features, batch);
      weights.gradients().zero_();
      Tensor decoded = autoencoder.denoise(encoded, ForwardContext.training(batch));
      optimizer.step(layer, iteration);
      inputs = copy(encoded);
      reconstruction = copy(decoded);
    }
    iteration++;
    Loss loss = Loss.ofReconstruction(network.layers().get(layer).activation());
    return StepResult.ofAutoencoder(loss, reconstruction, inputs, batch.size());
  }

  private static float[] copy(Tensor tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.numel())];
    LibTorch.read(tensor, numbers);
    return numbers;
  }

  @Override
  public void predict(Minibatch batch, float[] outputs) {
    LibTorch.useSingleThread();
    InputTensors loaded = load(batch);
    try (PointerScope step = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor sums = propagation.forward(loaded.features(), ForwardContext.predicting(batch));
      LibTorch.read(Activations.apply(network.output().activation(), sums), outputs);
    }
  }

  private InputTensors load(Minibatch batch) {
    InputTensors loaded = buffers.computeIfAbsent(batch.size(), this::allocate);
    if (batch.holdsImages()) {
      LibTorch.write(batch.pixels(), loaded.pixels());
      loaded.features().copy_(loaded.pixels());
    } else {
      LibTorch.write(batch.features(), loaded.features());
    }
    return loaded;
  }

  private InputTensors allocate(int size) {
    return new InputTensors(
        LibTorch.bytes(torchDevice, size, network.inputs()),
        LibTorch.zeros(torchDevice, size, network.inputs()),
        LibTorch.zeros(torchDevice, size, network.outputs()),
        LibTorch.zeros(torchDevice, size, 1),
        new float[size * network.outputs()]);
  }

  /**
   * Writes the outputs to {@code loaded}, and the gradients of the loss to the gradients of the
   * weights. The loss is the sum over the examples, each multiplied by its weight, divided by the
   * number of examples.
   */
  private void backward(Tensor sums, InputTensors loaded, Minibatch batch) {
    Activation activation = network.output().activation();
    Tensor constantSums = sums.detach();
    Tensor outputs = Activations.apply(activation, constantSums);
    LibTorch.read(outputs, loaded.outputs());
    Tensor gradient = gradient(outputs, loaded.targets()).div_(ScalarCache.of(batch.size()));
    if (batch.isWeighted()) {
      gradient.mul_(loaded.sampleWeights());
    }
    if (network.loss().requiredActivation().isEmpty()) {
      Activations.backward(activation, gradient, constantSums, outputs);
    }
    propagation.backward(sums, gradient);
  }

  /**
   * Returns the gradient of each example's loss [size, outputs]: with respect to the sums if the
   * loss requires an activation (then it is a multiple of {@code outputs - targets}), else with
   * respect to the outputs.
   */
  private Tensor gradient(Tensor outputs, Tensor targets) {
    Tensor difference = outputs.sub(targets);
    double width = network.outputs();
    return switch (network.loss()) {
      case CATEGORICAL_CROSSENTROPY -> difference;
      case BINARY_CROSSENTROPY -> difference.div_(ScalarCache.of(width));
      case MSE -> difference.mul_(ScalarCache.of(2 / width));
      case MAE -> torch.sign(difference).div_(ScalarCache.of(width));
    };
  }
}
