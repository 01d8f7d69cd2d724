package io.meanfield.cli.command;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunId;
import io.meanfield.store.file.ExportedFile;
import io.meanfield.store.file.FileContent;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs a job on Spark and prints its outcome. */
public abstract class JobCommand implements MeanfieldCommand {
  @Mixin private JobOptions options;
  @Spec private CommandSpec spec;

  private final Interruption interruption = new Interruption();
  private volatile Optional<RunId> runId = Optional.empty();

  @Override
  public final Integer call() {
    JobSettings settings = settings();
    RunId id = runId(settings);
    runId = Optional.of(id);
    PrintWriter err = spec.commandLine().getErr(); // keeps working after System.err is replaced
    // Installed before the first line is printed, because its reader may send a signal.
    Signals.install(interruption, message -> printFinalMessage(err, message));
    Thread.setDefaultUncaughtExceptionHandler(
        new LostThreads(Thread.currentThread(), interruption));
    return Sessions.with(
        spec.name() + " " + id,
        settings.run(),
        spark -> printed(id, runInGroup(context(spark, settings, id))));
  }

  private int printed(RunId id, Outcome outcome) {
    PrintWriter out = forPeople();
    Printable.println(out, "done     " + outcome.message());
    outcome.notes().forEach(note -> Printable.println(out, "note     " + note));
    outcome.details().forEach(line -> Printable.println(out, line));
    outcome.time().ifPresent(time -> Printable.println(out, time.line(System.nanoTime())));
    out.flush();
    print(JobReport.succeeded(id, outcome));
    return outcome.exitCode();
  }

  // A run whose settings or columns are wrong never comes into being, so its name is not printed.
  private JobContext context(SparkSession spark, JobSettings settings, RunId id) {
    Duration running = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    return new JobContext(spark, settings, id, interruption)
        .begunAt(System.nanoTime() - running.toNanos())
        .announcing(() -> announce("run      " + id));
  }

  /** Prints the line with the id of the run. */
  public void announce(String line) {
    Printable.println(forPeople(), line);
    forPeople().flush();
  }

  private Outcome runInGroup(JobContext job) {
    return SparkJobs.inGroup(
        job.spark().sparkContext(), job.id().value(), spec.name(), () -> run(job));
  }

  /** Reads the settings of the job. */
  public JobSettings settings() {
    return options.settings();
  }

  /** Returns the id of the run. */
  public RunId runId(JobSettings settings) {
    return options.runId();
  }

  /**
   * Returns the options that a driver in cluster deploy mode gets instead of the user's, by name:
   * those whose values depend on the time of the submission, because the cluster manager may start
   * the driver again later.
   */
  public Map<String, String> fixedOptions(RunId id) {
    return Map.of();
  }

  /** Returns whether the command can run in cluster deploy mode: it uses no local files. */
  public boolean runsInCluster() {
    return true;
  }

  /** Does the work of the command. */
  public abstract Outcome run(JobContext job);

  private void printFinalMessage(PrintWriter err, String message) {
    stopProgress();
    Terminal.eraseLine();
    Printable.println(err, "error: " + message);
    err.flush();
    print(JobReport.failed(runId, ErrorCode.INTERRUPTED, message));
  }

  @Override
  public void report(UserException failure) {
    try {
      print(JobReport.failed(runId, failure.code(), failure.getMessage()));
    } catch (UserException notWritten) {
      Printable.println(spec.commandLine().getErr(), "error: " + notWritten.getMessage());
    }
  }

  private void print(JobReport report) {
    options
        .report()
        .ifPresent(file -> ExportedFile.write(Sessions.hadoop(), file, FileContent.json(report)));
    if (options.json()) {
      PrintWriter out = spec.commandLine().getOut();
      Printable.printLines(out, report.toJson());
      out.flush();
    }
  }

  /**
   * Returns the writer of lines for a person: standard error if standard output gets the JSON
   * object.
   */
  public final PrintWriter forPeople() {
    return options.json() ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  /** Stops everything that draws on the terminal, because the final message follows. */
  public void stopProgress() {}

  @Override
  public Throwable cause(Throwable failure) {
    return interruption.cause(failure);
  }

  @Override
  public boolean interrupted() {
    return interruption.isTriggered();
  }

  @Override
  public JobOptions options() {
    return options;
  }
}
