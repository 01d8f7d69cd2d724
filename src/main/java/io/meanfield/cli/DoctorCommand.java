package io.meanfield.cli;

import io.meanfield.cli.command.JobReport;
import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.doctor.Diagnosis;
import io.meanfield.doctor.Finding;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.pipeline.challenger.DoctorJob;
import io.meanfield.pipeline.run.JobSettings;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Check whether jobs with these settings can run on the driver and on every executor, and"
            + " say what to do. Creates no run.",
    footer = {
      "",
      "Example: scripts/submit doctor --conf jobs/mnist-train.conf",
      "Exit codes: 0 nothing would fail, 1 something would, 2 wrong settings or arguments."
    })
final class DoctorCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  /**
   * The findings for a program.
   *
   * @param state {@code succeeded} if nothing would fail, else {@code failed}
   */
  record Report(String state, int exitCode, List<Finding> findings) {}

  @Option(
      names = "--json",
      description = "Print one JSON object with all findings instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    JobSettings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    SparkSession spark = Sessions.open(spec.name(), settings.run());
    try {
      Diagnosis diagnosis = Sessions.call(spark, new DoctorJob(spark, settings)::run);
      lines(diagnosis).forEach(out::println);
      out.flush();
      return exitCode(diagnosis);
    } finally {
      spark.stop();
    }
  }

  private List<String> lines(Diagnosis diagnosis) {
    String state = diagnosis.isHealthy() ? "succeeded" : "failed";
    return json
        ? List.of(Json.printed(new Report(state, exitCode(diagnosis), diagnosis.findings())))
        : diagnosis.lines();
  }

  private static int exitCode(Diagnosis diagnosis) {
    return diagnosis.isHealthy() ? 0 : 1;
  }

  @Override
  public void report(UserException failure) {
    if (json) {
      JobReport.printFailure(spec.commandLine().getOut(), failure);
    }
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
