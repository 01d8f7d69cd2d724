package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.kernels.Precision;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The processor time of a learner on one thread: the least of several blocks, which other programs
 * on the machine disturb little.
 */
public final class StepCost {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double BLOCK_SECONDS = 1;

  private final Learner learner;
  private final Minibatch batch = StepBenchmark.batch();
  private final int blocks;

  /** Creates a learner, in 32-bit floats, of a network whose input is 784 pixels. */
  public StepCost(NetworkSettings network, int blocks) {
    this(network, Precision.FLOAT32, blocks);
  }

  /** Creates a learner of a network whose input is 784 pixels. */
  public StepCost(NetworkSettings network, Precision precision, int blocks) {
    LibTorch.useSingleThread();
    this.learner = TorchEngine.learner(network, precision, Device.CPU);
    this.blocks = blocks;
    learner.restore(Model.untrained(network, 1).state());
    learner.fit(batch);
  }

  /** Returns the number of examples of a step. */
  public int batchSize() {
    return batch.size();
  }

  /** Returns the seconds of a step. */
  public double stepSeconds() {
    return seconds(() -> learner.fit(batch));
  }

  /** Returns the size of the learner's state in bytes. */
  public long stateBytes() {
    return learner.state().bytes();
  }

  /** Returns the seconds of copying a state into the learner and back, and of checking it. */
  public double copySeconds() {
    LearnerState state = learner.state();
    return seconds(
        () -> {
          learner.restore(state);
          if (!learner.state().isFinite()) {
            throw new IllegalStateException("the state of a learner is not finite");
          }
        });
  }

  private double seconds(Runnable work) {
    double once = seconds(work, 1);
    int repeats = (int) Math.max(1, BLOCK_SECONDS / Math.max(once, 1e-6));
    double least = once;
    for (int block = 0; block < blocks; block++) {
      least = Math.min(least, seconds(work, repeats));
    }
    return least;
  }

  private static double seconds(Runnable work, int repeats) {
    long beganNanos = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < repeats; i++) {
      work.run();
    }
    return (THREADS.getCurrentThreadCpuTime() - beganNanos) / 1e9 / repeats;
  }
}
