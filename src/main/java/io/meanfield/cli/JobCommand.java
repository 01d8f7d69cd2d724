package io.meanfield.cli;

import io.meanfield.pipeline.Interruption;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.Outcome;
import io.meanfield.store.RunId;
import java.io.PrintWriter;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs a job on Spark and prints its outcome. */
abstract class JobCommand implements MeanfieldCommand {
  @Mixin private JobOptions options;
  @Spec private CommandSpec spec;

  private final Interruption interruption = new Interruption();

  @Override
  public final Integer call() {
    JobSettings settings = options.settings();
    RunId id = options.runId();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr(); // stays the terminal's if System.err is replaced
    // Before the first line is printed: its reader may send a signal.
    Signals.install(interruption, message -> printFinalMessage(err, message));
    out.println("run      " + id);
    out.flush();
    SparkSession spark = Sessions.open(spec.name() + " " + id);
    try {
      Outcome outcome = run(spark, settings, id, interruption);
      out.println("done     " + outcome.message());
      outcome.details().forEach(out::println);
      out.flush();
      return outcome.exitCode();
    } finally {
      spark.stop();
    }
  }

  abstract Outcome run(
      SparkSession spark, JobSettings settings, RunId id, Interruption interruption);

  private void printFinalMessage(PrintWriter err, String message) {
    stopProgress();
    Terminal.eraseLine();
    err.println("error: " + message);
    err.flush();
  }

  /** Stops everything that draws on the terminal, because the final message follows. */
  void stopProgress() {}

  @Override
  public boolean interrupted() {
    return interruption.isTriggered();
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
