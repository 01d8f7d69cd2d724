package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.pipeline.settings.JobSettings;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** The arguments of a call of scripts/submit, which must be the command retrain and no other. */
final class RetrainCall {
  private final List<String> sparkOptions;
  private final ParseResult command;
  private final JobCommand retrain;
  private final JobSettings settings;

  /**
   * Parses the arguments.
   *
   * @param arguments those of spark-submit, the command, and its own
   */
  RetrainCall(List<String> arguments) {
    int start = arguments.indexOf("retrain");
    assertThat(start).as("retrain in %s", arguments).isNotNegative();
    sparkOptions = arguments.subList(0, start);
    command =
        Meanfield.commandLine()
            .parseArgs(arguments.subList(start, arguments.size()).toArray(String[]::new))
            .subcommand();
    retrain = (JobCommand) command.commandSpec().userObject();
    settings = retrain.settings();
  }

  List<String> sparkOptions() {
    return sparkOptions;
  }

  JobSettings settings() {
    return settings;
  }

  String runId() {
    return retrain.runId(settings).value();
  }

  /** Asserts that the run is that of the model and of today, whatever the time is. */
  void assertIsOfToday() {
    LocalDate before = LocalDate.now(Clock.systemUTC());
    String id = runId();
    LocalDate after = LocalDate.now(Clock.systemUTC());
    assertThat(id).isIn(List.of("mnist-" + before, "mnist-" + after));
    assertThat(command.<String>matchedOptionValue("--date", "")).isEqualTo("today");
  }
}
