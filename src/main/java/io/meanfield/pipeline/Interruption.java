package io.meanfield.pipeline;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * That this process is asked to end, by a signal. A job and its interruption race for the end of
 * the job: the first of them records it, the other records nothing.
 */
public final class Interruption {
  /** What is to be done about a job that is interrupted. */
  @FunctionalInterface
  interface Handler {
    /** Gives the job up; returns one sentence that says how to go on. */
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
   * @param say told one sentence, before anybody who asks whether this {@link #isTriggered} is
   *     answered
   * @return whether the job is interrupted
   */
  public synchronized boolean trigger(String signal, Consumer<String> say) {
    if (ended) {
      return false;
    }
    isTriggered = true;
    say.accept(job.by(signal));
    return true;
  }

  /** Whether the job was interrupted; what fails afterwards is a consequence, and nobody's news. */
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
          AtomicReference<String> said =
              new AtomicReference<>(
                  "interrupted by " + signal + " between two runs; the same command goes on there");
          next.trigger(signal, said::set);
          return said.get();
        });
    return next;
  }

  /** Names what an interruption has to be told to from now on. */
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
