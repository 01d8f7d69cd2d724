package io.meanfield.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.meanfield.batch.MemoryLimit;
import io.meanfield.kernels.NativeMemory;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The memory that one process may use and the memory that there is, in bytes.
 *
 * @param heap the largest heap
 * @param outside run.native-memory; 0 for no limit
 * @param natives JavaCPP's limits
 * @param machine the memory of the machine, or of the container that limits the process
 */
record MemoryLimits(long heap, long outside, NativeMemory natives, long machine) {
  private static final String CHECK = "memory";

  /** Returns the memory of this process, an executor. */
  static MemoryLimits of(MemoryLimit process) {
    return new MemoryLimits(
        process.heap(),
        process.outside().orElse(0),
        NativeMemory.here(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /** Returns the memory of the driver; nothing limits what it has outside the heap. */
  static MemoryLimits ofDriver() {
    return of(new MemoryLimit(Runtime.getRuntime().maxMemory(), OptionalLong.empty()));
  }

  Finding finding(String where) {
    if (natives.process() > 0 && natives.process() <= heap) {
      return Finding.failed(
          CHECK,
          where,
          "JavaCPP limits the process to %s, but the heap alone may have %s"
              .formatted(gib(natives.process()), gib(heap)),
          "set -Dorg.bytedeco.javacpp.maxPhysicalBytes above the heap, or to 0 for no limit");
    }
    return used() > machine
        ? Finding.failed(CHECK, where, "together too large: " + display(), remedy())
        : Finding.ok(CHECK, where, display());
  }

  private long used() {
    long sum = heap + (outside > 0 ? outside : natives.buffers());
    return natives.process() > 0 ? Math.min(sum, natives.process()) : sum;
  }

  private String remedy() {
    return "%s, or give the machine or container more memory"
        .formatted(
            outside > 0
                ? "reduce spark.executor.memory (of local masters: spark.driver.memory) or"
                    + " run.native-memory"
                : "reduce spark.executor.memory (of the driver: spark.driver.memory), or set"
                    + " run.native-memory (of the driver: -Dorg.bytedeco.javacpp.maxBytes in"
                    + " spark.driver.extraJavaOptions)");
  }

  private String display() {
    String rest =
        outside > 0
            ? "run.native-memory " + gib(outside)
            : "JavaCPP's buffers %s"
                .formatted(natives.buffers() > 0 ? gib(natives.buffers()) : "without limit");
    return "heap %s, %s, machine or container %s".formatted(gib(heap), rest, gib(machine));
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
