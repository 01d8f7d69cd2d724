package io.meanfield.cli;

import io.meanfield.store.RunId;
import java.time.Instant;
import picocli.CommandLine.Option;

/** The options of every command that runs a job. */
final class JobOptions extends SettingsOptions {
  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description =
          "Name of the run and of its directory. Default: date, time and a random suffix.")
  private String runId;

  RunId runId() {
    return runId == null ? RunId.fresh(Instant.now()) : new RunId(runId);
  }
}
