package io.meanfield.pipeline;

import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * That this process is asked to end, by a signal. A job and its interruption race for the end of
 * the job: the first of them records it, the other records nothing.
 */
public final class Interruption {
  /** What is to be done about a job that is interrupted. */
  @FunctionalInterface
  interface Interrupted {
    /** Gives the job up; returns one sentence that says how to go on. */
    String by(String signal);
  }

  private Interrupted job =
      signal ->
          "interrupted by " + signal + " before work on the run began; the same command begins it";
  private boolean happened;
  private boolean ended;

  /**
   * Interrupts the job, unless it has ended.
   *
   * @param signal its name, such as SIGTERM
   * @param say told one sentence, before anybody who asks whether this {@link #happened} is
   *     answered
   * @return whether the job is interrupted
   */
  public synchronized boolean happens(String signal, Consumer<String> say) {
    if (ended) {
      return false;
    }
    happened = true;
    say.accept(job.by(signal));
    return true;
  }

  /** Whether the job was interrupted; what fails afterwards is a consequence, and nobody's news. */
  public synchronized boolean happened() {
    return happened;
  }

  /**
   * An interruption of the next of several jobs that this one consists of. Its end is not the end
   * of the whole.
   */
  synchronized Interruption ofNextJob() {
    Interruption next = new Interruption();
    concerns(
        signal -> {
          AtomicReference<String> said =
              new AtomicReference<>(
                  "interrupted by " + signal + " between two runs; the same command goes on there");
          next.happens(signal, said::set);
          return said.get();
        });
    return next;
  }

  /** Names what an interruption has to be told to from now on. */
  synchronized void concerns(Interrupted held) {
    job = held;
  }

  /**
   * Records how the job has ended; it is not interrupted any more.
   *
   * @throws Complaint if it was interrupted before
   */
  synchronized void end(Runnable record) {
    if (happened) {
      throw new Complaint(ErrorCode.INTERRUPTED, "the job was interrupted");
    }
    ended = true;
    record.run();
  }
}
