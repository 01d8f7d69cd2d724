package io.meanfield.pipeline.run;

import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.report.page.Page;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.Checkpoints;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page of a run that ends, in its directory. A failure costs a warning and never the run.
 * Driver only.
 */
record RunPageFile(PageContent content, Interruption interruption) {
  private static final Logger LOG = LoggerFactory.getLogger(RunPageFile.class);

  /**
   * Writes the page of a run that has succeeded, or deletes an earlier one if the run has none.
   *
   * @return a line with the location of the page; empty for the other commands, and if it fails
   */
  Optional<String> write(RunDirectory held, Status status) {
    return write(held, status, RunCommand::hasPage);
  }

  /** Writes the page of a training that has failed, if it has completed an epoch. */
  void writeFailed(RunDirectory held, Status status) {
    if (Checkpoints.completedEpochs(held) > 0) {
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
    return PageWork.orWarning(
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
