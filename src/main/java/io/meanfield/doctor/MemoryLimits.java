package io.meanfield.doctor;

import io.meanfield.batch.MemoryLimit;
import io.meanfield.learner.NativeMemory;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The memory that one process may use and the memory that there is, in bytes.
 *
 * @param heap the largest heap
 * @param outside run.native-memory; 0 for no limit
 * @param natives JavaCPP's limits
 * @param container the limit of the container; 0 for none
 * @param host the memory of the machine; 0 if it is unknown
 */
record MemoryLimits(long heap, long outside, NativeMemory natives, long container, long host)
    implements Serializable {
  private static final String CHECK = "memory";

  static MemoryLimits here(MemoryLimit process) {
    MachineMemory machine = new MachineMemory(Path.of("/"));
    return new MemoryLimits(
        process.heap(),
        process.outside().orElse(0),
        NativeMemory.here(),
        machine.container().orElse(0),
        machine.host().orElse(0));
  }

  Finding finding(String where) {
    if (natives.process() > 0 && natives.process() <= heap) {
      return Finding.failed(
          CHECK,
          where,
          "JavaCPP limits the process to "
              + gib(natives.process())
              + ", but the heap alone may have "
              + gib(heap),
          "set -Dorg.bytedeco.javacpp.maxPhysicalBytes above the heap, or to 0 for no limit");
    }
    return available() > 0 && used() > available() ? tooLarge(where) : fitting(where);
  }

  private Finding tooLarge(String where) {
    String remedy =
        outside > 0
            ? "reduce spark.executor.memory (of local masters: spark.driver.memory) or"
                + " run.native-memory"
            : "reduce spark.executor.memory (of the driver: spark.driver.memory), or set"
                + " run.native-memory (of the driver: -Dorg.bytedeco.javacpp.maxBytes in"
                + " spark.driver.extraJavaOptions)";
    return Finding.failed(
        CHECK,
        where,
        "together too large: " + display(),
        remedy + ", or give the " + limitName() + " more memory");
  }

  private Finding fitting(String where) {
    return Finding.ok(CHECK, where, display());
  }

  private long used() {
    long sum = heap + (outside > 0 ? outside : natives.buffers());
    return natives.process() > 0 ? Math.min(sum, natives.process()) : sum;
  }

  private boolean isContained() {
    return container > 0 && (host == 0 || container < host);
  }

  private long available() {
    return isContained() ? container : host;
  }

  private String limitName() {
    return isContained() ? "container" : "host";
  }

  private String display() {
    return "heap "
        + gib(heap)
        + displayOutside()
        + (available() > 0
            ? ", " + limitName() + " " + gib(available())
            : ", the memory of the host is unknown");
  }

  private String displayOutside() {
    if (outside > 0) {
      return ", run.native-memory " + gib(outside);
    }
    return ", JavaCPP's buffers "
        + (natives.buffers() > 0 ? gib(natives.buffers()) : "without limit");
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
