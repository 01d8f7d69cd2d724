package io.meanfield.pipeline.run;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A request to end this process, made by a signal. A job that ends and its interruption can
 * coincide: only the first of them records the end of the job.
 */
public final class Interruption {
  /** Handles the interruption of a job. */
  @FunctionalInterface
  interface Handler {
    /** Abandons the job; returns one message about how to continue. */
    String handle(String signal);
  }

  private final UnaryOperator<Throwable> outer;
  private final AtomicBoolean isRecorded;
  private Handler handler =
      signal -> "interrupted by " + signal + " before the run began; the same command starts it";
  private volatile Runnable lastWrite = () -> {};
  private boolean isTriggered;
  private boolean ended;
  private Optional<Throwable> error = Optional.empty();

  /** Creates the interruption of a command. */
  public Interruption() {
    this(failure -> failure, new AtomicBoolean());
  }

  /**
   * Creates an interruption.
   *
   * @param outer returns why a job has failed if no error was recorded here
   * @param isRecorded whether an interruption of the command is recorded
   */
  private Interruption(UnaryOperator<Throwable> outer, AtomicBoolean isRecorded) {
    this.outer = outer;
    this.isRecorded = isRecorded;
  }

  /** Interrupts the job, unless it has ended or is interrupted already. */
  boolean trigger(String signal, Consumer<String> print) {
    return trigger(signal, () -> {}, print);
  }

  /**
   * Interrupts the job, unless it has ended or is interrupted already.
   *
   * @param signal the name of the signal, such as SIGTERM
   * @param begun runs when it is certain that the job is interrupted
   * @param print receives the message, before {@link #isTriggered} returns true
   * @return whether the job is interrupted
   */
  public synchronized boolean trigger(String signal, Runnable begun, Consumer<String> print) {
    if (ended) {
      return false;
    }
    if (!isTriggered) {
      isTriggered = true;
      begun.run();
      print.accept(handler.handle(signal));
      isRecorded.set(true);
    }
    return true;
  }

  /**
   * Returns whether an interruption is recorded, so that the process may end at any time. Does not
   * wait for an interruption that is being handled, as {@link #isTriggered} does.
   */
  public boolean isRecorded() {
    return isRecorded.get();
  }

  /** Records the error of another thread, because of which the job is about to fail. */
  public synchronized void causedBy(Throwable lost) {
    error = error.or(() -> Optional.of(lost));
  }

  /**
   * Returns why the job has failed: the recorded error of another thread, if there is one, of this
   * job or of the command.
   */
  public Throwable cause(Throwable failure) {
    return error().orElseGet(() -> outer.apply(failure));
  }

  private synchronized Optional<Throwable> error() {
    return error;
  }

  /** Returns whether the job was interrupted; failures after that are its consequence. */
  public synchronized boolean isTriggered() {
    return isTriggered;
  }

  /**
   * Returns the interruption of the next job of a command that runs several jobs. The end of that
   * job does not end the command.
   */
  public synchronized Interruption forNextJob() {
    Interruption next = new Interruption(this::cause, isRecorded);
    onInterrupt(
        signal -> {
          AtomicReference<String> message =
              new AtomicReference<>(
                  "interrupted by %s between two runs; the same command continues there"
                      .formatted(signal));
          next.trigger(signal, message::set);
          return message.get();
        });
    return next;
  }

  /** Registers how to let the writes of another thread end before the job is abandoned. */
  public void finishFirst(Runnable write) {
    lastWrite = write;
  }

  /** Lets the registered writes end. Called after the interruption is in the status of the run. */
  void finishWrites() {
    isRecorded.set(true);
    lastWrite.run();
  }

  /** Replaces the handler of an interruption. */
  synchronized void onInterrupt(Handler newHandler) {
    handler = newHandler;
  }

  /**
   * Records the begin of the job, before an interruption can record its end.
   *
   * @param newHandler handles an interruption from now on
   * @throws UserException if the job was interrupted before
   */
  synchronized void begin(Handler newHandler, Runnable record) {
    requireNotTriggered();
    handler = newHandler;
    record.run();
  }

  /**
   * Records the end of the job, which can no longer be interrupted.
   *
   * @throws UserException if the job was interrupted before
   */
  synchronized void complete(Runnable record) {
    requireNotTriggered();
    ended = true;
    record.run();
  }

  private synchronized void requireNotTriggered() {
    if (isTriggered) {
      throw new UserException(ErrorCode.INTERRUPTED, "the job was interrupted");
    }
  }
}
