package io.meanfield.cli.command;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.score.ModelSettings;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.settings.RecordedSettings;
import io.meanfield.settings.HoconSource;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.settings.SettingsFile;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.HadoopSettingsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of every command. */
public class SettingsOptions {
  public static final String CONF = "--conf";
  public static final String SET = "--set";
  public static final String SUBMITTED = "--submitted-settings";

  @Option(
      names = CONF,
      paramLabel = "FILE",
      description =
          "Settings file (HOCON), a path or a URI such as hdfs:///jobs/a.conf. Repeatable; a later"
              + " file overrides an earlier one.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = SET,
      paramLabel = "KEY=VALUE",
      description = "One setting, such as train.epochs=3. Repeatable; overrides every file.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = SUBMITTED,
      hidden = true,
      description = "The settings that scripts/submit read on the submitting machine, encoded.")
  private String submitted;

  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  private boolean verbose;

  public JobSettings settings() {
    return withoutVisibleSecrets(JobSettings.load(files(), assignments));
  }

  // Every user of a machine can read the arguments of its processes; Spark's event log has them.
  private static JobSettings withoutVisibleSecrets(JobSettings settings) {
    Config config = settings.config();
    List<String> visible =
        RecordedSettings.hidden(config).stream()
            .filter(path -> config.getValue(path).origin().description().startsWith(SET + " "))
            .toList();
    if (!visible.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "%s must be in a file for --conf, found it in --set, which every user of this machine can"
              + " read in the list of processes",
          String.join(", ", visible));
    }
    return settings;
  }

  /**
   * Loads the settings of a job of the lesson, which the options of the command line override.
   *
   * @param assigned settings of the form KEY=VALUE that override the file
   */
  public JobSettings settings(Path job, List<String> assigned) {
    return withoutVisibleSecrets(
        JobSettings.load(
            Stream.concat(Stream.of(new LocalSettingsFile(job)), files().stream()).toList(),
            Stream.concat(assigned.stream(), assignments.stream()).toList()));
  }

  /** Loads the settings of a job on a model, with the data format of the model's run. */
  public JobSettings settings(ModelOptions model) {
    return settings(model.model(), model.data());
  }

  /**
   * As {@link #settings(ModelOptions)}.
   *
   * @param data the arguments of {@code --data}; empty for the test set of the settings
   */
  public JobSettings settings(String model, List<String> data) {
    return withoutVisibleSecrets(
        ModelSettings.of(files(), assignments).load(Sessions.hadoop(), model, data));
  }

  /** Returns the settings of files and assignments without the defaults. */
  public Config given() {
    return HoconSource.merge(files(), assignments);
  }

  private List<SettingsFile> files() {
    Stream<SettingsFile> travelled =
        Optional.ofNullable(submitted).map(SubmittedSettings::decode).stream();
    return Stream.concat(travelled, files.stream().map(SettingsOptions::file)).toList();
  }

  private static SettingsFile file(String location) {
    return HadoopPaths.isUri(location)
        ? new HadoopSettingsFile(Sessions.hadoop(), HadoopPaths.resolve(location))
        : new LocalSettingsFile(Path.of(location));
  }

  public boolean verbose() {
    return verbose;
  }
}
