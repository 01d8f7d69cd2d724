package io.meanfield.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Processor time of this process, the driver, and of all its executors, in seconds. Other programs
 * on the machine disturb it less than elapsed time.
 *
 * @param elapsed seconds of the clock
 */
record ProcessorTimes(double driver, double executors, double elapsed) {
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Returns the times until now. */
  static ProcessorTimes now() {
    double nanos =
        executorProcesses()
            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToDouble(Duration::toNanos)
            .sum();
    return new ProcessorTimes(
        PROCESS.getProcessCpuTime() / 1e9, nanos / 1e9, System.nanoTime() / 1e9);
  }

  /** Returns the executors of the master local-cluster, which are children of this process. */
  static Stream<ProcessHandle> executorProcesses() {
    return ProcessHandle.current().descendants().filter(ProcessorTimes::isExecutor);
  }

  // ProcessHandle.Info has no command line of more than a page, and an executor's is longer.
  private static boolean isExecutor(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
          .contains(EXECUTOR);
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * Returns the least times for a run of {@code work}, of several blocks of runs; the elapsed time
   * is that of the shortest run.
   */
  static ProcessorTimes least(int blocks, int repeats, Runnable work) {
    ProcessorTimes least = block(repeats, work);
    for (int i = 1; i < blocks; i++) {
      least = least.least(block(repeats, work));
    }
    return least;
  }

  private static ProcessorTimes block(int repeats, Runnable work) {
    ProcessorTimes began = now();
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < repeats; i++) {
      long beganNanos = System.nanoTime();
      work.run();
      shortest = Math.min(shortest, (System.nanoTime() - beganNanos) / 1e9);
    }
    ProcessorTimes ended = now();
    return new ProcessorTimes(
        (ended.driver - began.driver) / repeats,
        (ended.executors - began.executors) / repeats,
        shortest);
  }

  /** Returns the lesser of both times of each kind. */
  ProcessorTimes least(ProcessorTimes other) {
    return new ProcessorTimes(
        Math.min(driver, other.driver),
        Math.min(executors, other.executors),
        Math.min(elapsed, other.elapsed));
  }

  /** Returns the times for each of {@code count} things by which this is larger than another. */
  ProcessorTimes slope(ProcessorTimes smaller, double count) {
    return new ProcessorTimes(
        Math.max(0, driver - smaller.driver) / count,
        Math.max(0, executors - smaller.executors) / count,
        Math.max(0, elapsed - smaller.elapsed) / count);
  }
}
