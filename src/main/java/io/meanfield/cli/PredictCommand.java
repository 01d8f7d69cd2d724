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
    name = "predict",
    mixinStandardHelpOptions = true,
    description = "Write a model's predictions for data.test as a table; labels are not needed.",
    footer = {
      "",
      "Example: scripts/submit predict --conf jobs/mnist-evaluate.conf --model mnist-1"
    })
final class PredictCommand extends JobCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "The id of a run, or the path of a model.zip.")
  private String model;

  @Override
  Outcome run(SparkSession spark, JobSettings settings, RunId id, Interruption interruption) {
    return new EvaluateJob(new JobContext(spark, settings, id, interruption), model).predict();
  }
}
