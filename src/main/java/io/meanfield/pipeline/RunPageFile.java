package io.meanfield.pipeline;

import io.meanfield.error.Redaction;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.PageWriter;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
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

  private RunPageFile() {}

  /**
   * Writes the page of a run that has succeeded.
   *
   * @return a line with the location of the page; empty for the other commands, and if it fails
   */
  static Optional<String> write(RunDirectory held, Status status) {
    try {
      if (held.manifest().string("command").filter(COMMANDS::contains).isPresent()) {
        Page page = RunPage.of(held, status);
        held.replace(RunPage.NAME, out -> PageWriter.write(page, out));
        return Optional.of("page     " + held.display() + "/" + RunPage.NAME);
      }
    } catch (RuntimeException | LinkageError e) { // the jar may lack what a page needs
      LOG.warn(
          "run {} has no {}: {}; scripts/submit open writes it again",
          held.id(),
          RunPage.NAME,
          Redaction.of(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }
}
