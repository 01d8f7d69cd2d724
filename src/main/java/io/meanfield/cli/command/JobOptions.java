package io.meanfield.cli.command;

import io.meanfield.store.RunId;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command that runs a job. */
public final class JobOptions extends SettingsOptions {
  public static final String RUN_ID = "--run-id";
  public static final String JSON = "--json";
  public static final String REPORT = "--report";

  @Option(
      names = RUN_ID,
      paramLabel = "NAME",
      description =
          "Name of the run and of its directory. Default: date, time and a random suffix.")
  private String runId;

  @Option(
      names = JSON,
      description =
          "Print one JSON object with status, metrics and paths on standard output, and everything"
              + " else on standard error.")
  private boolean json;

  @Option(
      names = REPORT,
      paramLabel = "FILE",
      description =
          "Write the JSON object of --json to this file, a path or a URI, when the command ends.")
  private String report;

  public boolean json() {
    return json;
  }

  Optional<String> report() {
    return Optional.ofNullable(report);
  }

  public boolean hasRunId() {
    return runId != null;
  }

  public RunId runId() {
    return runId == null ? RunId.fresh(Instant.now()) : new RunId(runId);
  }
}
