package io.meanfield.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The settings of a workload whose executors are processes of their own, on this machine. */
final class LocalCluster {
  private static final int EXECUTOR_MEGABYTES = 1024;

  private LocalCluster() {}

  /** Starts a workload on executors of one core. */
  static MnistWorkload of(int executors) {
    return new MnistWorkload(
        String.format(
            Locale.ROOT, "spark.master=local-cluster[%d,1,%d]", executors, EXECUTOR_MEGABYTES),
        "spark.executor.memory=" + EXECUTOR_MEGABYTES + "m",
        "spark.executor.extraClassPath=" + classPath(),
        "spark.executorEnv.OMP_NUM_THREADS=1",
        // As the commands set it.
        "spark.broadcast.compress=false",
        // No job begins before all executors run.
        "spark.scheduler.minRegisteredResourcesRatio=1",
        "spark.scheduler.maxRegisteredResourcesWaitingTime=120s");
  }

  // Executors have another working directory.
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(entry -> java.nio.file.Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }
}
