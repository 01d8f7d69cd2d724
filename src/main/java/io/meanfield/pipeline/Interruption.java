package io.meanfield.pipeline;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * That this process is asked to end, by a signal. A job and its interruption race for the end of
 * the job: only the first of them records it.
 */
public final class Interruption {
  /** What is to be done about a job that is interrupted. */
  @FunctionalInterface
  interface Handler {
    /** Gives the job up; returns one sentence about how to continue. */
    String by(String signal);
  }

  private Handler job =
      signal ->
          "interrupted by " + signal + " before work on the run began; the same command begins it";
  private boolean isTriggered;
  private boolean ended;

  /**
   * Interrupts the job, unless it has ended.
   *
   * @param signal its name, such as SIGTERM
   * @param print receives one sentence, before {@link #isTriggered} returns true
   * @return whether the job is interrupted
   */
  public synchronized boolean trigger(String signal, Consumer<String> print) {
    if (ended) {
      return false;
    }
    isTriggered = true;
    print.accept(job.by(signal));
    return true;
  }

  /** Returns whether the job was interrupted; failures after that are its consequence. */
  public synchronized boolean isTriggered() {
    return isTriggered;
  }

  /**
   * An interruption of the next of several jobs that this one consists of. Its end is not the end
   * of the whole.
   */
  public synchronized Interruption forNextJob() {
    Interruption next = new Interruption();
    onInterrupt(
        signal -> {
          AtomicReference<String> sentence =
              new AtomicReference<>(
                  "interrupted by " + signal + " between two runs; the same command goes on there");
          next.trigger(signal, sentence::set);
          return sentence.get();
        });
    return next;
  }

  /** Sets the handler of an interruption from now on. */
  synchronized void onInterrupt(Handler held) {
    job = held;
  }

  /**
   * Records how the job has ended; it is not interrupted any more.
   *
   * @throws UserException if it was interrupted before
   */
  synchronized void complete(Runnable record) {
    if (isTriggered) {
      throw new UserException(ErrorCode.INTERRUPTED, "the job was interrupted");
    }
    ended = true;
    record.run();
  }
}
