package io.meanfield.network.torch;

import io.meanfield.network.Activation;
import io.meanfield.network.Device;
import io.meanfield.network.Layout;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Minibatch;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Shape;
import io.meanfield.network.StepResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
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
  private final Shape input;
  private final Weights weights;
  private final List<TorchLayer> layers = new ArrayList<>();
  private final TorchOptimizer optimizer;
  private final Map<Integer, Buffers> buffers = new HashMap<>();
  private int iteration;
  private int epoch;

  /** For one size of minibatch. */
  private record Buffers(Tensor features, Tensor targets, float[] outputs) {}

  TorchLearner(NetworkSettings network, Device device) {
    LibTorch.computeAlone();
    this.network = network;
    this.device = device;
    this.place = LibTorch.place(device);
    this.input = Shape.of(network.input());
    this.weights = new Weights(Layout.of(network), place);
    int last = network.layers().size() - 1;
    for (int i = 0; i <= last; i++) {
      layers.add(TorchLayers.of(network.layers().get(i), i, i == last, weights));
    }
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
    try (PointerScope step = new PointerScope();
        NoDenormals none = new NoDenormals()) {
      weights.gradients().zero_();
      Pass pass = Pass.training(batch);
      backward(forward(loaded.features(), pass), loaded, pass);
      pass.afterwards().forEach(Runnable::run);
      optimizer.step(iteration);
    }
    iteration++;
    return StepResult.of(network.loss(), loaded.outputs(), batch);
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    LibTorch.computeAlone();
    Buffers loaded = load(batch);
    try (PointerScope step = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      Tensor sums = forward(loaded.features(), Pass.predicting(batch));
      LibTorch.read(Activations.apply(network.output().activation(), sums), target);
    }
  }

  private Buffers load(Minibatch batch) {
    Buffers loaded = buffers.computeIfAbsent(batch.size(), this::allocate);
    LibTorch.write(batch.features(), loaded.features());
    return loaded;
  }

  private Buffers allocate(int size) {
    return new Buffers(
        LibTorch.zeros(place, size, network.inputs()),
        LibTorch.zeros(place, size, network.outputs()),
        new float[size * network.outputs()]);
  }

  /** The last layer's sums. */
  private Tensor forward(Tensor features, Pass pass) {
    Tensor x = shaped(features, pass.size());
    for (TorchLayer layer : layers) {
      x = layer.forward(x, pass);
    }
    return x;
  }

  // A network that flattens at once takes its input as it lies: in Keras' order.
  private Tensor shaped(Tensor features, int size) {
    if (network.layers().get(0) instanceof io.meanfield.network.Layer.Flatten) {
      return features;
    }
    if (input instanceof Shape.Image image) {
      return features
          .view(size, image.height(), image.width(), image.channels())
          .permute(0, 3, 1, 2)
          .contiguous();
    }
    return input instanceof Shape.Sequence sequence
        ? features.view(size, sequence.steps(), sequence.features())
        : features;
  }

  /**
   * Adds the gradients of the loss, summed over the examples; leaves the outputs in the buffers.
   */
  private void backward(Tensor sums, Buffers loaded, Pass pass) {
    Activation activation = network.output().activation();
    boolean natural =
        network.loss() == Loss.CATEGORICAL_CROSSENTROPY
            || network.loss() == Loss.BINARY_CROSSENTROPY;
    // Where loss and activation belong together, as cross-entropy and softmax, the gradient of the
    // sums is simply outputs - targets.
    Tensor head = natural ? sums : Activations.apply(activation, sums);
    Tensor outputs = natural ? Activations.apply(activation, sums.detach()) : head.detach();
    LibTorch.read(outputs, loaded.outputs());
    Tensor gradient = gradient(outputs, loaded.targets()).div_(new Scalar((double) pass.size()));
    head.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
  }

  /** Of the loss of each example, by what {@link #backward} goes back from. */
  private Tensor gradient(Tensor outputs, Tensor targets) {
    Tensor difference = outputs.sub(targets);
    double width = network.outputs();
    return switch (network.loss()) {
      case CATEGORICAL_CROSSENTROPY -> difference;
      case BINARY_CROSSENTROPY -> difference.div_(new Scalar(width));
      case MSE -> difference.mul_(new Scalar(2 / width));
      case MAE -> torch.sign(difference).div_(new Scalar(width));
    };
  }
}
