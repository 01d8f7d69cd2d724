package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.store.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that every job takes. */
final class JobOptions {
  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings file (HOCON). Repeatable; a later file wins over an earlier one.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as train.epochs=3. Repeatable; wins over every file.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description =
          "Name of the run and of its directory. Default: date, time and a random suffix.")
  private String runId;

  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  private boolean verbose;

  JobSettings settings() {
    return JobSettings.load(files, assignments);
  }

  /** Those of another file, and these over them. */
  JobSettings settings(Path job, List<String> assigned) {
    return JobSettings.load(
        Stream.concat(Stream.of(job), files.stream()).toList(),
        Stream.concat(assigned.stream(), assignments.stream()).toList());
  }

  RunId runId() {
    return runId == null ? RunId.fresh(Instant.now()) : new RunId(runId);
  }

  boolean verbose() {
    return verbose;
  }
}
