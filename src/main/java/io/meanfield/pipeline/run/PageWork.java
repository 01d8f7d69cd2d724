package io.meanfield.pipeline.run;

import io.meanfield.error.Redaction;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work for the page of a run, whose failure costs a warning and never the run. Driver only. */
public final class PageWork {
  private PageWork() {}

  /**
   * Does the work.
   *
   * @param interruption of the job, which causes the failures after it and ends the job
   * @param warn receives the message of a failure, without secrets
   * @return the result; empty if the work has failed
   */
  public static <T> Optional<T> orWarning(
      Interruption interruption, Supplier<Optional<T>> work, Consumer<String> warn) {
    // Spark throws checked exceptions that it does not declare. A page may need more memory than
    // there is, and classes that the jar of a user lacks.
    try {
      return work.get();
    } catch (Exception | OutOfMemoryError | StackOverflowError | LinkageError e) {
      if (interruption.isTriggered()) {
        throw e;
      }
      warn.accept(Redaction.of(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }
}
