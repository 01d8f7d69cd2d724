package io.meanfield.cli;

import io.meanfield.pipeline.Interruption;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.Outcome;
import io.meanfield.store.RunId;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that runs a job on Spark and prints what came of it. */
abstract class JobCommand implements Callable<Integer> {
  @Mixin private JobOptions options;
  @Spec private CommandSpec spec;

  private final Interruption interruption = new Interruption();

  @Override
  public final Integer call() {
    JobSettings settings = options.settings();
    RunId id = options.runId();
    PrintWriter out = spec.commandLine().getOut();
    out.println("run      " + id);
    out.flush();
    Signals.become(interruption, this::sayLast);
    SparkSession spark = SparkSession.builder().config(sparkConf(id)).getOrCreate();
    try {
      Outcome outcome = run(spark, settings, id, interruption);
      out.println("done     " + outcome.sentence());
      outcome.details().forEach(out::println);
      out.flush();
      return outcome.exitCode();
    } finally {
      spark.stop();
    }
  }

  abstract Outcome run(
      SparkSession spark, JobSettings settings, RunId id, Interruption interruption);

  private void sayLast(String sentence) {
    fallSilent();
    PrintWriter err = spec.commandLine().getErr();
    err.println("error: " + sentence);
    err.flush();
  }

  /** Ends whatever draws on the terminal; the last sentence comes next. */
  void fallSilent() {}

  boolean interrupted() {
    return interruption.happened();
  }

  JobOptions options() {
    return options;
  }

  private SparkConf sparkConf(RunId id) {
    return new SparkConf()
        .setIfMissing("spark.master", "local[*]")
        .setAppName("meanfield " + spec.name() + " " + id)
        // Spark's default of three seconds stalls every round when two shards sit on one executor.
        .setIfMissing("spark.locality.wait", "100ms")
        // Times in tables are UTC, wherever the driver is.
        .setIfMissing("spark.sql.session.timeZone", "UTC");
  }
}
