package io.meanfield.error;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The memory of a process that is full, with the option that enlarges it. */
enum FullMemory {
  HEAP("Java heap space|GC overhead limit exceeded|Unable to acquire \\d+ bytes of memory") {
    @Override
    String ofDriver(String found) {
      return "the heap of the driver is full ("
          + found
          + "): it has "
          + mebibytes()
          + "; raise --driver-memory (spark.driver.memory), in which tasks run as well on local"
          + " masters";
    }

    @Override
    String remedyOfExecutor() {
      return "raise spark.executor.memory, or train.workers so that shards are smaller";
    }
  },
  DIRECT("(?:Direct buffer memory|bytes of direct buffer memory)") {
    @Override
    String ofDriver(String found) {
      return "the memory of direct buffers of the driver is full ("
          + found
          + "), which may have as many bytes as the heap, "
          + mebibytes()
          + "; raise --driver-memory (spark.driver.memory)";
    }

    @Override
    String remedyOfExecutor() {
      return "raise spark.executor.memory, the limit of direct buffers, too";
    }
  },
  NATIVE(
      "Physical memory usage is too high|Failed to allocate memory within limits"
          + "|DefaultCPUAllocator: (?:can't|not enough)|Cannot allocate new \\w+\\(") {
    @Override
    String ofDriver(String found) {
      return "the memory outside of the heap is full ("
          + found
          + "); raise run.native-memory, or lower train.batch-size or the number of cores";
    }

    @Override
    String remedyOfExecutor() {
      return "raise run.native-memory, or lower train.batch-size or spark.executor.cores";
    }
  },
  THREADS("unable to create (?:new )?native thread") {
    @Override
    String ofDriver(String found) {
      return "the operating system gives this process no more threads ("
          + found
          + "); raise the limit (ulimit -u, or pids of the container)";
    }

    @Override
    String remedyOfExecutor() {
      return "raise the limit of threads on its machine (ulimit -u, or pids of the container)";
    }
  },
  ARRAY("Requested array size exceeds VM limit|Required (?:array )?length exceeds") {
    @Override
    String ofDriver(String found) {
      return "an array would have more elements than Java allows (" + found + "); " + ADVICE;
    }

    @Override
    String remedyOfExecutor() {
      return ADVICE;
    }
  },
  CLASSES("Metaspace|Compressed class space") {
    @Override
    String ofDriver(String found) {
      return "the memory of classes is full ("
          + found
          + "); raise it with --driver-java-options -XX:MaxMetaspaceSize=1g";
    }

    @Override
    String remedyOfExecutor() {
      return "raise it with --conf spark.executor.extraJavaOptions=-XX:MaxMetaspaceSize=1g";
    }
  };

  private static final String ADVICE = "make the network, the minibatches or the shards smaller";
  private static final Pattern OTHER = Pattern.compile("java\\.lang\\.OutOfMemoryError");

  private final Pattern pattern;

  FullMemory(String pattern) {
    this.pattern = Pattern.compile("(?:" + pattern + ")[^\\n\"]{0,80}");
  }

  /**
   * A memory that is full.
   *
   * @param found the message of the virtual machine
   */
  record Found(FullMemory memory, String found) {
    String ofDriver() {
      return memory.ofDriver(found);
    }

    String ofExecutor(String name) {
      return "the memory of " + name + " is full (" + found + "); " + memory.remedyOfExecutor();
    }
  }

  /** Returns the memory that a failure names as full; empty if it has another reason. */
  static Optional<Found> in(FailureText text) {
    boolean isError = text.cause(OutOfMemoryError.class).isPresent();
    if (!isError && text.find(OTHER).isEmpty() && text.find(NATIVE.pattern).isEmpty()) {
      return Optional.empty();
    }
    return Stream.of(values())
        .flatMap(memory -> text.find(memory.pattern).map(memory::found).stream())
        .findFirst()
        .or(() -> Optional.of(new Found(HEAP, "OutOfMemoryError")));
  }

  private Found found(Matcher matcher) {
    return new Found(this, matcher.group().strip());
  }

  abstract String ofDriver(String found);

  abstract String remedyOfExecutor();

  private static String mebibytes() {
    return (Runtime.getRuntime().maxMemory() >> 20) + " MiB";
  }
}
