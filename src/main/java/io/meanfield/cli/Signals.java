package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.pipeline.Interruption;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.util.SignalUtils;

/**
 * Ctrl-C, kill, and a terminal that goes away. The signals themselves are handled, and not the end
 * of the JVM by a shutdown hook: a hook comes too late to choose the exit code, and beside Spark's
 * own, which stop the SparkContext under the running job. Here the job is given up first; then the
 * process ends as usual, and Spark's hooks clean up.
 */
final class Signals {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /**
   * From now on the signals interrupt the job and end the process.
   *
   * @param say tells the user one sentence, when nobody else writes to System.err any more
   */
  static void install(Interruption interruption, Consumer<String> say) {
    AtomicBoolean ignoredOne = new AtomicBoolean();
    for (String name : NAMES) {
      SignalUtils.register(name, () -> handle("SIG" + name, interruption, say, ignoredOne));
    }
  }

  /** Returns false to let the signal do what it does by default. */
  private static boolean handle(
      String signal, Interruption interruption, Consumer<String> say, AtomicBoolean ignoredOne) {
    boolean happened =
        interruption.trigger(
            signal,
            sentence -> {
              suppressFurtherOutput();
              say.accept(sentence);
            });
    if (happened) {
      System.exit(ErrorCode.INTERRUPTED.exitCode());
    }
    // The job has ended, so the process is about to; if it is not, the next signal ends it.
    return ignoredOne.compareAndSet(false, true);
  }

  // The job, and Spark's threads, complain about the SparkContext that stops under them: to the
  // log, and past it, with a printStackTrace, where the answer to a question meets a thread pool of
  // Spark's that is shut down already (scala.concurrent's reporter of failures).
  private static void suppressFurtherOutput() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    Thread.setDefaultUncaughtExceptionHandler((thread, consequence) -> {});
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
