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

  @Option(
      names = "--json",
      description =
          "Print one JSON object with status, metrics and paths on standard output, and everything"
              + " else on standard error.")
  private boolean json;

  boolean json() {
    return json;
  }

  RunId runId() {
    return runId == null ? RunId.fresh(Instant.now()) : new RunId(runId);
  }
}
