package io.meanfield.cli.command;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.run.Interruption;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
 * the process at once. If a file system does not answer, the process ends after {@link #LIMIT}.
 *
 * <p>Handles the signals instead of adding a shutdown hook. A hook cannot choose the exit code, and
 * it runs at the same time as Spark's hooks, which stop the SparkContext while the job is running.
 * Here the job is interrupted first; then the process exits, and Spark's hooks clean up.
 */
final class Signals {
  /**
   * When a signal has ended the process at the latest. By default Kubernetes kills a process 30
   * seconds after the signal. Another host takes its lease 30 seconds after the last heartbeat.
   */
  static final Duration LIMIT = Duration.ofSeconds(25);

  private static final Duration LAST_MESSAGE = Duration.ofSeconds(1);
  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
  // A terminal that closes sends it twice, through the kernel and the shell. So a second one is no
  // request to end at once.
  private static final String TERMINAL_CLOSED = "SIGHUP";

  private final Interruption interruption;
  private final Consumer<String> finalMessage;
  private final Duration limit;
  private final AtomicBoolean alreadyIgnored = new AtomicBoolean();
  private final AtomicBoolean messageBegun = new AtomicBoolean();

  private Signals(Interruption interruption, Consumer<String> finalMessage, Duration limit) {
    this.interruption = interruption;
    this.finalMessage = finalMessage;
    this.limit = limit;
  }

  /**
   * Lets the signals interrupt the job and end the process from now on.
   *
   * @param finalMessage prints the last message to the user, after all other output is suppressed
   */
  static void install(Interruption interruption, Consumer<String> finalMessage) {
    install(interruption, finalMessage, LIMIT);
  }

  /**
   * Lets the signals interrupt the job and end the process from now on.
   *
   * @param limit when a signal has ended the process at the latest
   */
  static void install(Interruption interruption, Consumer<String> finalMessage, Duration limit) {
    Signals signals = new Signals(interruption, finalMessage, limit);
    for (String name : NAMES) {
      SignalUtils.register(name, () -> signals.handle("SIG" + name));
    }
  }

  /** Returns false if the signal should have its default effect. */
  private boolean handle(String signal) {
    if (interruption.isRecorded() && !signal.equals(TERMINAL_CLOSED)) {
      endAtOnce(signal);
    }
    // Interrupts on a thread of its own, because until this method returns, Spark leaves further
    // signals of this name to the virtual machine, which would run the shutdown hooks.
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Runnable begun = () -> interrupted.complete(true);
    Thread ending =
        new Thread(() -> interrupted.complete(interrupt(signal, begun)), "meanfield-interruption");
    ending.start();
    startDaemon("meanfield-deadline", () -> endIfAlive(ending, signal));
    // If the job has ended, the process will end soon. If it does not, the next signal ends it.
    return interrupted.join() || alreadyIgnored.compareAndSet(false, true);
  }

  private static Thread startDaemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  // The run is recorded as interrupted. A user who sends a second signal does not want to wait for
  // the files of the last epoch, nor for Spark.
  private static void endAtOnce(String signal) {
    Printable.println(
        System.err,
        String.format(
            Locale.ROOT,
            "error: ended by %s before the files of the last epoch were complete; the same command"
                + " continues",
            signal));
    halt();
  }

  /** Ends the process if the job is interrupted; returns false if the job has ended. */
  private boolean interrupt(String signal, Runnable begun) {
    boolean interrupted = true;
    try {
      interrupted = interruption.trigger(signal, begun, this::printOnce);
    } finally { // the process ends, too, if the message cannot be printed
      if (interrupted) {
        System.exit(ErrorCode.INTERRUPTED.exitCode());
      }
    }
    return interrupted;
  }

  // The thread ends by itself only if the job has ended. Otherwise it waits for a file system, or
  // for the shutdown hooks of Spark and Hadoop, which close files there.
  private void endIfAlive(Thread ending, String signal) {
    if (!endsWithin(limit.minus(LAST_MESSAGE), ending)) {
      Thread message = startDaemon("meanfield-message", () -> printOnce(stalled(signal)));
      endsWithin(LAST_MESSAGE, message);
      halt();
    }
  }

  private static boolean endsWithin(Duration time, Thread thread) {
    try {
      thread.join(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // no code interrupts this thread
    }
    return !thread.isAlive();
  }

  private static String stalled(String signal) {
    return String.format(
        Locale.ROOT,
        "interrupted by %s, but the file system of the run does not answer, so the lease may not be"
            + " released; the same command continues, on another host after 30 seconds",
        signal);
  }

  private void printOnce(String message) {
    if (messageBegun.compareAndSet(false, true)) {
      suppressFurtherOutput();
      finalMessage.accept(message);
    }
  }

  private static void halt() {
    Runtime.getRuntime().halt(ErrorCode.INTERRUPTED.exitCode());
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
