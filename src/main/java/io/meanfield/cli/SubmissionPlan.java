package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.JobOptions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.cli.command.SubmittedSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.settings.RecordedSettings;
import io.meanfield.store.RunId;
import io.meanfield.store.file.HadoopPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of the driver in cluster deploy mode. They do not depend on the submitting machine:
 * the settings travel as text, and the run has its id and its date.
 *
 * @param id of the run
 * @param runs the directory of runs
 * @param report the file into which the driver writes its outcome
 * @param json whether the user asked for the outcome as JSON
 * @param nativeMemory the bytes that an executor may use outside its heap; empty for auto
 * @param arguments of the driver
 */
record SubmissionPlan(
    RunId id,
    String runs,
    String report,
    boolean json,
    OptionalLong nativeMemory,
    List<String> arguments) {
  private static final String SUBMISSIONS = ".submissions";
  private static final Set<String> REPLACED =
      Set.of(
          SettingsOptions.CONF,
          SettingsOptions.SET,
          SettingsOptions.SUBMITTED,
          JobOptions.RUN_ID,
          JobOptions.JSON,
          JobOptions.REPORT);

  /**
   * Returns the plan of a command.
   *
   * @throws UserException if the settings are wrong, or the command or a path is not usable there
   */
  static SubmissionPlan of(ParseResult parsed) {
    ParseResult subcommand = command(parsed);
    if (!(subcommand.commandSpec().userObject() instanceof JobCommand command)
        || !command.runsInCluster()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "%s uses files of this machine and has no cluster deploy mode; leave out --deploy-mode"
              + " cluster",
          subcommand.commandSpec().name());
    }
    JobSettings settings = command.settings();
    String runs = settings.run().directory();
    HadoopPaths.requireAbsolute("run.directory is", runs);
    requireNoHiddenOptions(settings);
    RunId id = command.runId(settings);
    Path report =
        new Path(
            HadoopPaths.resolve(runs), SUBMISSIONS + "/" + id + "-" + UUID.randomUUID() + ".json");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(path(parsed));
    Map<String, String> fixed = command.fixedOptions(id);
    arguments.addAll(keptOptions(subcommand, fixed.keySet()));
    fixed.forEach((option, value) -> arguments.addAll(List.of(option, value)));
    subcommand.matchedPositionals().forEach(each -> arguments.addAll(each.originalStringValues()));
    arguments.addAll(
        List.of(
            SettingsOptions.SUBMITTED,
            SubmittedSettings.encode(command.options().given()),
            JobOptions.RUN_ID,
            id.value(),
            JobOptions.REPORT,
            report.toString()));
    return new SubmissionPlan(
        id,
        runs,
        report.toString(),
        command.options().json(),
        settings.run().nativeMemory(),
        arguments);
  }

  /**
   * Returns the arguments of the command that shall run, such as {@code list} of {@code models}.
   */
  static ParseResult command(ParseResult parsed) {
    return parsed.hasSubcommand() ? command(parsed.subcommand()) : parsed;
  }

  /** Returns the words of the command, such as {@code models reproduce}. */
  static List<String> path(ParseResult parsed) {
    List<String> words = new ArrayList<>();
    for (ParseResult each = parsed; each.hasSubcommand(); each = each.subcommand()) {
      words.add(each.subcommand().commandSpec().name());
    }
    return words;
  }

  // The driver gets its settings as an argument, which Spark and the cluster manager show.
  private static void requireNoHiddenOptions(JobSettings settings) {
    List<String> hidden = RecordedSettings.hidden(settings.config());
    if (!hidden.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s would be visible in the arguments of the driver; leave out --deploy-mode cluster, or"
              + " define a catalog with the password in Spark's settings",
          String.join(", ", hidden));
    }
  }

  private static List<String> keptOptions(ParseResult subcommand, Set<String> fixed) {
    List<String> kept = new ArrayList<>();
    for (OptionSpec option : subcommand.matchedOptions()) {
      if (!REPLACED.contains(option.longestName()) && !fixed.contains(option.longestName())) {
        kept.add(option.longestName());
        if (option.arity().max() > 0) {
          kept.addAll(option.originalStringValues());
        }
      }
    }
    return kept;
  }
}
