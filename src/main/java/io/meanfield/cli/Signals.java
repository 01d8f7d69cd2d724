package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.pipeline.Interruption;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.util.SignalUtils;

/**
 * Ends the process in good order after Ctrl-C, after kill, and when the terminal is closed.
 *
 * <p>A job that is interrupted may wait for the files of its last epoch. Another signal then ends
 * the process at once.
 *
 * <p>Handles the signals instead of adding a shutdown hook. A hook cannot choose the exit code, and
 * it runs at the same time as Spark's hooks, which stop the SparkContext while the job is running.
 * Here the job is interrupted first; then the process exits, and Spark's hooks clean up.
 */
final class Signals {
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
  // A terminal that closes sends it twice, through the kernel and the shell. So a second one is no
  // request to end at once.
  private static final String TERMINAL_CLOSED = "SIGHUP";

  private Signals() {}

  /**
   * Lets the signals interrupt the job and end the process from now on.
   *
   * @param finalMessage prints the last message to the user, after all other output is suppressed
   */
  static void install(Interruption interruption, Consumer<String> finalMessage) {
    AtomicBoolean alreadyIgnored = new AtomicBoolean();
    for (String name : NAMES) {
      SignalUtils.register(
          name, () -> handle("SIG" + name, interruption, finalMessage, alreadyIgnored));
    }
  }

  /** Returns false if the signal should have its default effect. */
  private static boolean handle(
      String signal,
      Interruption interruption,
      Consumer<String> finalMessage,
      AtomicBoolean alreadyIgnored) {
    if (interruption.isRecorded() && !signal.equals(TERMINAL_CLOSED)) {
      endAtOnce(signal);
    }
    // Interrupts on a thread of its own, because until this method returns, Spark leaves further
    // signals of this name to the virtual machine, which would run the shutdown hooks.
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Runnable begun = () -> interrupted.complete(true);
    new Thread(
            () -> interrupted.complete(interrupt(signal, interruption, begun, finalMessage)),
            "meanfield-interruption")
        .start();
    // If the job has ended, the process will end soon. If it does not, the next signal ends it.
    return interrupted.join() || alreadyIgnored.compareAndSet(false, true);
  }

  // The run is recorded as interrupted. A user who sends a second signal does not want to wait for
  // the files of the last epoch, nor for Spark.
  private static void endAtOnce(String signal) {
    System.err.println(
        "error: ended by "
            + signal
            + " before the files of the last epoch were complete; the same command continues");
    Runtime.getRuntime().halt(ErrorCode.INTERRUPTED.exitCode());
  }

  /** Ends the process if the job is interrupted; returns false if the job has ended. */
  private static boolean interrupt(
      String signal, Interruption interruption, Runnable begun, Consumer<String> finalMessage) {
    boolean interrupted =
        interruption.trigger(
            signal,
            begun,
            message -> {
              suppressFurtherOutput();
              finalMessage.accept(message);
            });
    if (interrupted) {
      System.exit(ErrorCode.INTERRUPTED.exitCode());
    }
    return interrupted;
  }

  // When the SparkContext stops, the job and Spark's threads report errors that are only side
  // effects: in the log, as uncaught exceptions, and on System.err, where scala.concurrent prints
  // the stack trace if a thread pool rejects a callback after its shutdown.
  private static void suppressFurtherOutput() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    Thread.setDefaultUncaughtExceptionHandler((thread, sideEffect) -> {});
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
