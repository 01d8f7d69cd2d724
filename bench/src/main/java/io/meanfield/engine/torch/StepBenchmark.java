package io.meanfield.engine.torch;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures a step on a minibatch of 128 and its parts, on one thread: {@code dev/bench step}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("try") // the scope variable is never used
public class StepBenchmark {
  private static final int BATCH = 128;

  /** Returns the lesson's network. */
  static NetworkSettings lessonNetwork() {
    return new NetworkSettings(
        List.of(784),
        List.of(
            new Dense(64, Activation.RELU),
            new Dense(32, Activation.RELU),
            new Dense(10, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
  }

  /** Returns random images, of which about one pixel in five is not 0, with random labels. */
  static Minibatch batch() {
    Random random = new Random(1);
    Minibatch batch = Minibatch.ofImages(BATCH, 784, 10, TaskType.ofClasses(10));
    batch.reset(BATCH, 1);
    for (int i = 0; i < BATCH * 784; i++) {
      batch.pixels()[i] = (byte) (random.nextInt(5) == 0 ? random.nextInt(256) : 0);
    }
    for (int row = 0; row < BATCH; row++) {
      batch.label(row, random.nextInt(10));
    }
    return batch;
  }

  /** A learner, a minibatch, and the learner's state after a first step. */
  @State(Scope.Thread)
  public static class LearnerInput {
    /** The engine of the learner. */
    @Param({"TORCH", "DL4J"})
    public Engine engine;

    private Learner learner;
    private Minibatch batch;
    private LearnerState state;

    /** Creates the learner and makes a first step. */
    @Setup
    public void prepare() {
      NetworkSettings network = lessonNetwork();
      learner =
          engine == Engine.TORCH
              ? TorchEngine.learner(network, Precision.FLOAT32, Device.CPU)
              : Dl4jEngine.learner(network);
      learner.restore(Model.untrained(network, 1).state());
      batch = batch();
      learner.fit(batch);
      state = learner.state();
    }
  }

  /** Measures a step: forward and backward pass, update and scores. */
  @Benchmark
  public StepResult step(LearnerInput input) {
    return input.learner.fit(input.batch);
  }

  /** Measures the cost that a round adds to each worker's steps: a copy of the state in and out. */
  @Benchmark
  public LearnerState restoreAndState(LearnerInput input) {
    input.learner.restore(input.state);
    return input.learner.state();
  }

  /** The inputs of the parts of a step on the torch engine. */
  @State(Scope.Thread)
  public static class StepParts {
    private final Minibatch batch = batch();
    private final float[] outputs = new float[BATCH * 10];
    private Tensor pixels;
    private Tensor features;
    private Tensor kernel;
    private Tensor sums;
    private TorchOptimizer optimizer;

    /** Creates tensors with the shapes of the lesson's network and its optimizer. */
    @Setup
    public void prepare() {
      LibTorch.useSingleThread();
      org.bytedeco.pytorch.Device cpu = LibTorch.torchDevice(Device.CPU);
      pixels = LibTorch.bytes(cpu, BATCH, 784);
      features = torch.rand(BATCH, 784);
      kernel = torch.rand(64, 784);
      sums = torch.rand(BATCH, 64);
      TorchParameters weights = new TorchParameters(ParameterLayout.of(lessonNetwork()), cpu);
      weights.gradients().uniform_();
      optimizer = new TorchOptimizer(lessonNetwork(), weights, cpu);
      optimizer.restore(new float[0]);
    }
  }

  /** Measures the copy of the images into a tensor of bytes and its conversion to floats. */
  @Benchmark
  public Tensor pixels(StepParts parts) {
    LibTorch.write(parts.batch.pixels(), parts.pixels);
    try (PointerScope scope = new PointerScope()) {
      parts.features.copy_(parts.pixels);
    }
    return parts.features;
  }

  /** Measures the largest product of the forward pass: [128, 784] by [784, 64]. */
  @Benchmark
  public long productForward(StepParts parts) {
    try (PointerScope scope = new PointerScope()) {
      return torch.linear(parts.features, parts.kernel).numel();
    }
  }

  /** Measures the largest product of the backward pass: [64, 128] by [128, 784]. */
  @Benchmark
  public long productBackward(StepParts parts) {
    try (PointerScope scope = new PointerScope()) {
      return torch.mm(parts.sums.t(), parts.features).numel();
    }
  }

  /** Measures the update of all 52,650 weights. */
  @Benchmark
  public TorchOptimizer adam(StepParts parts) {
    try (PointerScope scope = new PointerScope()) {
      parts.optimizer.step(1);
    }
    return parts.optimizer;
  }

  /** Measures the loss and the correct examples, computed from the outputs. */
  @Benchmark
  public StepResult score(StepParts parts) {
    return StepResult.of(Loss.CATEGORICAL_CROSSENTROPY, parts.outputs, parts.batch);
  }
}
