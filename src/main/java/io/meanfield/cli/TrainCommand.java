package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.Outcome;
import io.meanfield.pipeline.TrainJob;
import io.meanfield.store.RunId;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description =
        "Train the network of the settings on data.train and keep model and history in a run.",
    footer = {"", "Example: scripts/submit train --conf jobs/mnist-train.conf --run-id mnist-1"})
final class TrainCommand extends JobCommand {
  @Override
  Outcome run(SparkSession spark, JobSettings settings, RunId id) {
    try (Progress progress = Progress.of(settings.train().epochs())) {
      return new TrainJob(spark, settings, id, progress).run();
    }
  }
}
