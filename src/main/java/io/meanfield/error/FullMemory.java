package io.meanfield.error;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of a process that is full, with the option that enlarges it. */
enum FullMemory {
  HEAP(
      "Java heap space|GC overhead limit exceeded|Unable to acquire \\d+ bytes of memory",
      "raise --driver-memory (spark.driver.memory), in which tasks run as well on local masters",
      "raise spark.executor.memory, or train.workers so that shards are smaller"),
  NATIVE(
      "Physical memory usage is too high|Failed to allocate memory within limits"
          + "|DefaultCPUAllocator: (?:can't|not enough)|Cannot allocate new \\w+\\(",
      "raise run.native-memory, or lower train.batch-size or the number of cores",
      "raise run.native-memory, or lower train.batch-size or spark.executor.cores"),
  THREADS(
      "unable to create (?:new )?native thread",
      "raise the limit of threads (ulimit -u, or pids of the container)",
      "raise the limit of threads on its machine (ulimit -u, or pids of the container)");

  // A block manager whose memory is full drops the result of a task.
  private static final Pattern LOST =
      Pattern.compile("TaskResultLost \\(result lost from block manager\\)");
  private static final Pattern ERROR = Pattern.compile("java\\.lang\\.OutOfMemoryError(?:: )?");

  private final Pattern pattern;
  private final String remedyOfDriver;
  private final String remedyOfExecutor;

  FullMemory(String pattern, String remedyOfDriver, String remedyOfExecutor) {
    this.pattern = Pattern.compile("(?:" + pattern + ")[^\\n\"]{0,80}");
    this.remedyOfDriver = remedyOfDriver;
    this.remedyOfExecutor = remedyOfExecutor;
  }

  /**
   * Returns the message for the user; empty if a failure has another reason.
   *
   * @param executor the name of the executor that has failed; empty if it is the driver
   */
  static Optional<String> message(FailureText text, Optional<String> executor) {
    boolean isError =
        text.cause(OutOfMemoryError.class).isPresent() || text.find(ERROR).isPresent();
    Optional<Matcher> lost = text.find(LOST);
    if (lost.isPresent()) {
      return Optional.of(HEAP.message(lost.get().group(), executor));
    }
    for (FullMemory memory : values()) {
      Optional<Matcher> found = text.find(memory.pattern);
      if (found.isPresent() && (isError || memory == NATIVE)) {
        return Optional.of(memory.message(found.get().group().strip(), executor));
      }
    }
    return isError ? Optional.of(HEAP.message("OutOfMemoryError", executor)) : Optional.empty();
  }

  private String message(String found, Optional<String> executor) {
    return executor
        .map(name -> "the memory of %s is full (%s); %s".formatted(name, found, remedyOfExecutor))
        .orElseGet(
            () ->
                "the memory of the driver is full (%s), its heap has %s MiB; %s"
                    .formatted(found, Runtime.getRuntime().maxMemory() >> 20, remedyOfDriver));
  }
}
