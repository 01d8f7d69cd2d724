package io.meanfield.cli;

import io.meanfield.pipeline.EvaluateJob;
import io.meanfield.pipeline.Interruption;
import io.meanfield.pipeline.JobContext;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.Outcome;
import io.meanfield.store.RunId;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Score a model on data.test: compare its predictions with the labels, and write metrics and"
            + " predictions as tables.",
    footer = {
      "",
      "Example: scripts/submit evaluate --conf jobs/mnist-evaluate.conf --model mnist-1"
    })
final class EvaluateCommand extends JobCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "The id of a run, or the path of a model.zip.")
  private String model;

  @Override
  Outcome run(SparkSession spark, JobSettings settings, RunId id, Interruption interruption) {
    return new EvaluateJob(new JobContext(spark, settings, id, interruption), model).evaluate();
  }
}
