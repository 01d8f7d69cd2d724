package io.meanfield.network.torch;

import io.meanfield.network.Activation;
import io.meanfield.network.Device;
import io.meanfield.network.Layout;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Minibatch;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.StepResult;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network on LibTorch. Its tensors are made once; what a step needs besides is freed at its end,
 * so native memory does not grow.
 */
@SuppressWarnings("try") // a scope is opened, and never named again
final class TorchLearner implements Learner {
  private final NetworkSettings network;
  private final Device device;
  private final org.bytedeco.pytorch.Device place;
  private final Weights weights;
  private final Propagation propagation;
  private final TorchOptimizer optimizer;
  private final Map<Integer, Buffers> buffers = new HashMap<>();
  private int iteration;
  private int epoch;

  /** For one size of minibatch; the features of images are their pixels. */
  private record Buffers(
      Tensor pixels, Tensor features, Tensor targets, Tensor sampleWeights, float[] outputs) {}

  TorchLearner(NetworkSettings network, Device device) {
    LibTorch.computeAlone();
    this.network = network;
    this.device = device;
    this.place = LibTorch.place(device);
    this.weights = new Weights(Layout.of(network), place);
    this.propagation =
        DensePropagation.fits(network)
            ? new DensePropagation(network, weights, place)
            : new Autograd(network, weights);
    this.optimizer = new TorchOptimizer(network, weights, place);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public void restore(LearnerState state) {
    LibTorch.computeAlone();
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
    LibTorch.computeAlone();
    Buffers loaded = load(batch);
    LibTorch.write(batch.targets(), loaded.targets());
    if (batch.isWeighted()) {
      LibTorch.write(batch.sampleWeights(), loaded.sampleWeights());
    }
    try (PointerScope step = new PointerScope();
        NoDenormals none = new NoDenormals()) {
      Pass pass = Pass.training(batch);
      backward(propagation.forward(loaded.features(), pass), loaded, batch);
      pass.afterwards().forEach(Runnable::run);
      optimizer.step(iteration);
    }
    iteration++;
    return StepResult.of(network.loss(), loaded.outputs(), batch);
  }

  @Override
  public StepResult pretrain(int layer, Minibatch batch) {
    LibTorch.computeAlone();
    Tensor features = load(batch).features();
    Autograd layers = (Autograd) propagation; // there is more than dense layers
    TorchAutoencoder autoencoder = layers.autoencoder(layer);
    try (PointerScope step = new PointerScope();
        NoDenormals none = new NoDenormals()) {
      Tensor inputs = layers.below(layer, features, batch);
      weights.gradients().zero_();
      Tensor said = autoencoder.denoise(inputs, Pass.training(batch));
      optimizer.step(layer, iteration);
      iteration++;
      return StepResult.ofAutoencoder(
          autoencoder.described().loss(), numbers(said), numbers(inputs), batch.size());
    }
  }

  private static float[] numbers(Tensor tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.numel())];
    LibTorch.read(tensor, numbers);
    return numbers;
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    LibTorch.computeAlone();
    Buffers loaded = load(batch);
    try (PointerScope step = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor sums = propagation.forward(loaded.features(), Pass.predicting(batch));
      LibTorch.read(Activations.apply(network.output().activation(), sums), target);
    }
  }

  private Buffers load(Minibatch batch) {
    Buffers loaded = buffers.computeIfAbsent(batch.size(), this::allocate);
    if (batch.holdsImages()) {
      LibTorch.write(batch.pixels(), loaded.pixels());
      loaded.features().copy_(loaded.pixels());
    } else {
      LibTorch.write(batch.features(), loaded.features());
    }
    return loaded;
  }

  private Buffers allocate(int size) {
    return new Buffers(
        LibTorch.bytes(place, size, network.inputs()),
        LibTorch.zeros(place, size, network.inputs()),
        LibTorch.zeros(place, size, network.outputs()),
        LibTorch.zeros(place, size, 1),
        new float[size * network.outputs()]);
  }

  /**
   * Writes the gradients of the loss, its mean over the examples, weighted or not; leaves the
   * outputs in the buffers.
   */
  private void backward(Tensor sums, Buffers loaded, Minibatch batch) {
    Activation activation = network.output().activation();
    Tensor head = sums.detach();
    Tensor outputs = Activations.apply(activation, head);
    LibTorch.read(outputs, loaded.outputs());
    Tensor gradient = gradient(outputs, loaded.targets()).div_(Scalars.of(batch.size()));
    if (batch.isWeighted()) {
      gradient.mul_(loaded.sampleWeights());
    }
    if (!isNatural()) {
      Activations.backward(activation, gradient, head, outputs);
    }
    propagation.backward(sums, gradient);
  }

  // Where loss and activation belong together, as cross-entropy and softmax, the gradient of the
  // sums is simply outputs - targets.
  private boolean isNatural() {
    return network.loss() == Loss.CATEGORICAL_CROSSENTROPY
        || network.loss() == Loss.BINARY_CROSSENTROPY;
  }

  /** Of the loss of each example: of the sums where that is simpler, else of the outputs. */
  private Tensor gradient(Tensor outputs, Tensor targets) {
    Tensor difference = outputs.sub(targets);
    double width = network.outputs();
    return switch (network.loss()) {
      case CATEGORICAL_CROSSENTROPY -> difference;
      case BINARY_CROSSENTROPY -> difference.div_(Scalars.of(width));
      case MSE -> difference.mul_(Scalars.of(2 / width));
      case MAE -> torch.sign(difference).div_(Scalars.of(width));
    };
  }
}
