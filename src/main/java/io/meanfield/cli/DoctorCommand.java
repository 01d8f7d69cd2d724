package io.meanfield.cli;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.QueryCommand;
import io.meanfield.cli.command.Sessions;
import io.meanfield.doctor.Diagnosis;
import io.meanfield.doctor.Finding;
import io.meanfield.pipeline.run.DoctorJob;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import picocli.CommandLine.Command;

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
final class DoctorCommand extends QueryCommand {
  /**
   * The findings for a program.
   *
   * @param state {@code succeeded} if nothing would fail, else {@code failed}
   */
  record Report(String state, int exitCode, List<Finding> findings) {}

  @Override
  public CommandOutput output(JobSettings settings) {
    Diagnosis diagnosis =
        Sessions.with(spec().name(), settings.run(), spark -> new DoctorJob(spark, settings).run());
    int exitCode = diagnosis.isHealthy() ? 0 : 1;
    String state = diagnosis.isHealthy() ? "succeeded" : "failed";
    return new CommandOutput(
        exitCode, diagnosis.lines(), new Report(state, exitCode, diagnosis.findings()));
  }
}
