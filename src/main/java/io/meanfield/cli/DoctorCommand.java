package io.meanfield.cli;

import io.meanfield.doctor.Diagnosis;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.DoctorJob;
import io.meanfield.pipeline.JobSettings;
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

  @Option(
      names = "--json",
      description = "Print one JSON object with all findings instead of the table.")
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
      return DoctorReport.exitCode(diagnosis);
    } finally {
      spark.stop();
    }
  }

  private List<String> lines(Diagnosis diagnosis) {
    return json ? List.of(DoctorReport.of(diagnosis).toJson()) : diagnosis.lines();
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
