package io.meanfield.bench;

import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.Dense;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;

/**
 * Measures the memory of a process whose learner makes 100,000 steps on one network after the
 * other; it must not grow. The networks have dense layers on images of bytes; convolution, batch
 * normalisation, pooling and dropout, which allocate memory of their own; and an LSTM.
 */
public final class MemoryBenchmark {
  private static final int BATCH = 16;
  private static final List<String> NETWORKS =
      List.of(
          "network { input = [144], layers = [ { dense = 32, activation = relu },"
              + " { dense = 10, activation = softmax } ] }",
          "network { input = [12, 12, 1], layers = [ { conv2d = 8, kernel = [3, 3], activation ="
              + " relu }, { batch-normalization = true }, { max-pooling2d = [2, 2] }, { flatten ="
              + " true }, { dropout = 0.3 }, { dense = 10, activation = softmax } ] }",
          "network { input = [12, 12], layers = [ { lstm = 16 },"
              + " { dense = 10, activation = softmax } ] }");

  private MemoryBenchmark() {}

  /** Takes the number of steps, at least 5 (default 100,000). */
  public static void main(String[] args) {
    int steps = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    System.out.println("MiB of the process (resident) and of JavaCPP's own count, by step");
    for (String network : NETWORKS) {
      measure(JobSettings.load(List.of(), List.of(network)).network(), steps);
    }
    System.out.println(Machine.description());
  }

  private static void measure(NetworkSettings network, int steps) {
    Learner learner = TorchEngine.learner(network, Precision.FLOAT32, Device.CPU);
    learner.restore(Model.untrained(network, 1).state());
    Minibatch batch =
        network.layers().get(0) instanceof Dense
            ? Minibatch.ofImages(
                BATCH, network.inputs(), network.outputs(), TaskType.ofClasses(network.outputs()))
            : new Minibatch(BATCH, network.inputs(), network.outputs());
    Random random = new Random(1);
    for (int step = 1; step <= steps; step++) {
      fill(batch, step % 7 == 0 ? BATCH / 2 : BATCH, network, random, step);
      learner.fit(batch);
      if (step == steps / 100 || step % (steps / 5) == 0) {
        System.gc();
        System.out.printf(
            "%-20s %7d  %6d  %6d%n",
            network.layers().get(0).getClass().getSimpleName(),
            step,
            Pointer.physicalBytes() >> 20,
            Pointer.totalBytes() >> 20);
      }
    }
  }

  private static void fill(
      Minibatch batch, int size, NetworkSettings network, Random random, long key) {
    batch.reset(size, key);
    for (int i = 0; i < size * network.inputs(); i++) {
      if (batch.holdsImages()) {
        batch.pixels()[i] = (byte) random.nextInt();
      } else {
        batch.features()[i] = random.nextFloat();
      }
    }
    for (int row = 0; row < size; row++) {
      batch.label(row, random.nextInt(network.outputs()));
    }
  }
}
