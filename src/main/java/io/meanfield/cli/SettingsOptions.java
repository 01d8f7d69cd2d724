package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.ModelSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of every command. */
class SettingsOptions {
  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings file (HOCON). Repeatable; a later file overrides an earlier one.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as train.epochs=3. Repeatable; overrides every file.")
  private List<String> assignments = new ArrayList<>();

  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  private boolean verbose;

  JobSettings settings() {
    return JobSettings.load(files, assignments);
  }

  /**
   * Loads the settings of a job of the lesson, which the options of the command line override.
   *
   * @param assigned settings of the form KEY=VALUE that override the file
   */
  JobSettings settings(Path job, List<String> assigned) {
    return JobSettings.load(
        Stream.concat(Stream.of(job), files.stream()).toList(),
        Stream.concat(assigned.stream(), assignments.stream()).toList());
  }

  /** Loads the settings of a job on a model, with the data format of the model's run. */
  JobSettings settings(ModelOptions model) {
    return ModelSettings.of(files, assignments)
        .load(Sessions.hadoop(), model.model(), model.data());
  }

  boolean verbose() {
    return verbose;
  }
}
