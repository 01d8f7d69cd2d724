package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.ForwardContext;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Activation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Measures the processor time of a step and of its parts, on one thread. Each is the minimum of
 * many blocks, so that other programs on the machine disturb it less than the wall time that {@code
 * dev/bench step} measures: {@code dev/bench parts}.
 */
@SuppressWarnings("try") // the scope variable is never used
public final class StepPartsBenchmark {
  private static final int BLOCKS = 15;
  private static final int STEPS = 300;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final NetworkSettings network = StepBenchmark.lessonNetwork();
  private final Minibatch batch = StepBenchmark.batch();
  private final org.bytedeco.pytorch.Device cpu = LibTorch.torchDevice(Device.CPU);
  private final InputBuffers inputs = new InputBuffers(network, cpu);
  private final TorchParameters weights = new TorchParameters(ParameterLayout.of(network), cpu);
  private final DensePropagation propagation = new DensePropagation(network, weights, cpu);
  private final TorchOptimizer optimizer = new TorchOptimizer(network, weights, cpu);
  private final InputBuffers.Tensors loaded = inputs.load(batch);
  private final OutputBuffers outputs = OutputBuffers.allocate(cpu, batch.size(), 10);
  private int iteration;

  private StepPartsBenchmark() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    LibTorch.useSingleThread();
    new StepPartsBenchmark().run();
  }

  private void run() {
    Learner learner = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    learner.restore(Model.untrained(network, 1).state());
    print("step", () -> learner.fit(batch));
    LibTorch.write(Model.untrained(network, 1).state().weights(), weights.values());
    optimizer.restore(new float[0]);
    Tensor sums = torch.rand(batch.size(), 10);
    Tensor delta = torch.rand(batch.size(), 10).mul_(ScalarCache.of(1e-3));
    print("load the minibatch", () -> inputs.load(batch));
    print("forward", this::forward);
    print("outputs and loss", () -> score(softmax(sums)));
    print("gradient of the loss", () -> outputs.difference(sums, loaded.targets()));
    print("backward", () -> propagation.backward(sums, delta));
    print("optimizer", () -> optimizer.step(iteration++));
    printProducts();
  }

  private void forward() {
    propagation.forward(loaded.features(), ForwardContext.training(batch, Precision.FLOAT32));
  }

  private void score(Tensor computed) {
    float[] numbers = new float[(int) computed.numel()];
    LibTorch.read(computed, numbers);
    StepResult.of(network.loss(), numbers, batch);
  }

  private Tensor softmax(Tensor sums) {
    return outputs.outputs(Activation.SOFTMAX, sums);
  }

  /** Prints the matrix products alone, which {@code forward} and {@code backward} contain. */
  private void printProducts() {
    int[] widths = {784, 64, 32, 10};
    for (int layer = 1; layer < widths.length; layer++) {
      Tensor x = torch.rand(batch.size(), widths[layer - 1]);
      Tensor kernel = torch.rand(widths[layer], widths[layer - 1]);
      Tensor sums = torch.rand(batch.size(), widths[layer]);
      Tensor transposed = kernel.t();
      Tensor sumsTransposed = sums.t();
      Tensor gradient = torch.rand(widths[layer], widths[layer - 1]);
      print("  product forward, layer " + layer, () -> torch.mm_out(sums, x, transposed));
      print("  product of the gradient", () -> torch.mm_out(gradient, sumsTransposed, x));
      if (layer > 1) {
        print("  product backward", () -> torch.mm_out(x, sums, kernel));
      }
    }
  }

  private static void print(String part, Runnable work) {
    work.run(); // outside of a scope, which would free the buffers that the first call allocates
    double least = Double.POSITIVE_INFINITY;
    for (int block = 0; block < BLOCKS; block++) {
      long beganNanos = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < STEPS; i++) {
        try (PointerScope scope = new PointerScope()) {
          work.run();
        }
      }
      long nanos = THREADS.getCurrentThreadCpuTime() - beganNanos;
      least = Math.min(least, nanos / 1e3 / STEPS);
    }
    System.out.printf(Locale.ROOT, "%-28s %8.1f us%n", part, least);
  }
}
