package io.meanfield.error;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises failures of a Java virtual machine, of this process or of an executor: memory that is
 * full, a stack that is full, and libraries that do not fit together.
 */
final class JvmFailure {
  // Spark writes the place of a task into the message: (host executor 3) or (host executor driver).
  private static final Pattern EXECUTOR = Pattern.compile("\\((\\S+) executor (\\d+)\\)");
  private static final Pattern KILLED =
      Pattern.compile(
          "ExecutorLostFailure[^\\n]*(?:exited with code (?:52|137)|exit code 137|exit status: 52"
              + "|for exceeding (?:physical |virtual )?memory limits|OOMKilled)");
  private static final Pattern STACK = Pattern.compile("java\\.lang\\.StackOverflowError");
  private static final Pattern LINKAGE =
      Pattern.compile(
          "(?:java\\.lang\\.)(NoClassDefFoundError|NoSuchMethodError|NoSuchFieldError"
              + "|UnsatisfiedLinkError|IncompatibleClassChangeError|AbstractMethodError"
              + "|ExceptionInInitializerError|UnsupportedClassVersionError|VerifyError"
              + "|IllegalAccessError)(?:: ([^\\n]*))?");

  private JvmFailure() {}

  /** Returns the message for the user; empty if no virtual machine has failed. */
  static Optional<Explanation> in(FailureText text) {
    return FullMemory.message(text, executor(text))
        .or(() -> lost(text))
        .map(message -> new Explanation(ErrorCode.OUT_OF_MEMORY, message))
        .or(
            () ->
                stack(text)
                    .or(() -> linkage(text))
                    .map(message -> new Explanation(ErrorCode.UNEXPECTED, message)));
  }

  private static Optional<String> lost(FailureText text) {
    return text.find(KILLED)
        .map(
            found ->
                String.format(
                    Locale.ROOT,
                    "%s ended because its memory was full; raise spark.executor.memory, or"
                        + " run.native-memory if the cluster manager killed it, or lower"
                        + " train.batch-size",
                    executor(text).orElse("an executor")));
  }

  private static Optional<String> stack(FailureText text) {
    boolean isFull =
        text.cause(StackOverflowError.class).isPresent() || text.find(STACK).isPresent();
    return isFull
        ? Optional.of(
            "the stack of a thread is full: an input is nested too deeply, or a computation has too"
                + " many steps; flatten settings, JSON files and queries, or enlarge the stack with"
                + " --driver-java-options -Xss8m and --conf"
                + " spark.executor.extraJavaOptions=-Xss8m")
        : Optional.empty();
  }

  private static Optional<String> linkage(FailureText text) {
    return text.cause(LinkageError.class)
        .map(error -> error.getClass().getSimpleName() + detail(error.getMessage()))
        .or(() -> text.find(LINKAGE).map(found -> found.group(1) + detail(found.group(2))))
        .map(
            error ->
                String.format(
                    Locale.ROOT,
                    "a class or a native library is missing or does not fit (%s); probably another"
                        + " version of a library is on the classpath: check SPARK_HOME, --jars and"
                        + " --packages, and run the command doctor",
                    error));
  }

  private static String detail(String message) {
    return message == null
        ? ""
        : ": " + message.lines().findFirst().orElse("").replace('/', '.').strip();
  }

  /** Returns the name of the executor whose task has failed; empty if it is the driver. */
  private static Optional<String> executor(FailureText text) {
    return text.find(EXECUTOR).map(found -> "executor " + found.group(2) + " on " + found.group(1));
  }
}
