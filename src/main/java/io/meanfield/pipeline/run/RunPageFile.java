package io.meanfield.pipeline.run;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Redaction;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.report.page.Page;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.Checkpoints;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page of a run that ends, in its directory. A failure costs a warning and never the run.
 * Driver only.
 */
public record RunPageFile(PageContent content, Interruption interruption) {
  private static final Logger LOG = LoggerFactory.getLogger(RunPageFile.class);

  /**
   * Writes the page of a run that has succeeded, or deletes an earlier one if the run has none.
   *
   * @return a line with the location of the page; empty for the other commands, and if it fails
   */
  Optional<String> write(RunDirectory held, Status status) {
    return write(held, status, RunCommand::hasPage);
  }

  /**
   * Writes the page of a training that has failed, if it has completed an epoch, or of a retraining
   * whose data were refused.
   */
  void writeFailed(RunDirectory held, Status status) {
    if (status.errorCode().filter(ErrorCode.DATA_REFUSED::equals).isPresent()) {
      write(held, status, RunCommand.RETRAIN::equals);
    } else if (Checkpoints.completedEpochs(held) > 0) {
      write(held, status, RunCommand::endsWithModel);
    }
  }

  private Optional<String> write(RunDirectory held, Status status, Predicate<RunCommand> commands) {
    return orWarning(
        held,
        () ->
            RunCommand.of(held.manifest()).filter(commands).isEmpty()
                ? Optional.empty()
                : content == PageContent.NONE ? withoutPage(held) : withPage(held, status));
  }

  Optional<String> orWarning(RunDirectory held, Supplier<Optional<String>> page) {
    return orWarning(
        interruption,
        page,
        failure ->
            LOG.warn(
                "{}/{} was not written: {}; scripts/submit open {} writes it",
                held.display(),
                RunPage.NAME,
                failure,
                held.id()));
  }

  /**
   * Does work for the page of a run, whose failure costs a warning and never the run.
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

  private static Optional<String> withPage(RunDirectory held, Status status) {
    Page page = RunPage.of(held, status);
    held.replace(RunPage.NAME, page::write);
    return Optional.of("page     " + held.display() + "/" + RunPage.NAME);
  }

  private static Optional<String> withoutPage(RunDirectory held) {
    if (held.exists(RunPage.NAME)) {
      held.delete(RunPage.NAME);
    }
    return Optional.empty();
  }
}
