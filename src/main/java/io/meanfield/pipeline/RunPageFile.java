package io.meanfield.pipeline;

import io.meanfield.error.Redaction;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.PageWriter;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.Checkpoints;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the page of a run that ends, into its directory. A failure costs a warning and never the
 * run. Driver only.
 */
final class RunPageFile {
  private static final Logger LOG = LoggerFactory.getLogger(RunPageFile.class);
  private static final Set<String> COMMANDS = Set.of("train", "fit", "evaluate", "retrain");
  private static final Set<String> TRAINING = Set.of("train", "fit");

  private RunPageFile() {}

  /**
   * Writes the page of a run that has succeeded.
   *
   * @return a line with the location of the page; empty for the other commands, and if it fails
   */
  static Optional<String> write(RunDirectory held, Status status) {
    return write(held, status, COMMANDS);
  }

  /** Writes the page of a training that has failed, if it has completed an epoch. */
  static void writeFailed(RunDirectory held, Status status) {
    if (Checkpoints.completedEpochs(held) > 0) {
      write(held, status, TRAINING);
    }
  }

  private static Optional<String> write(RunDirectory held, Status status, Set<String> commands) {
    try {
      if (held.manifest().string("command").filter(commands::contains).isPresent()) {
        Page page = RunPage.of(held, status);
        held.replace(RunPage.NAME, out -> PageWriter.write(page, out));
        return Optional.of("page     " + held.display() + "/" + RunPage.NAME);
      }
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) { // the jar may lack a class
      LOG.warn(
          "run {} has no {}: {}; scripts/submit open writes it again",
          held.id(),
          RunPage.NAME,
          Redaction.of(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }
}
