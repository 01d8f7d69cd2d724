package io.meanfield.cli;

import io.meanfield.pipeline.EvaluateJob;
import io.meanfield.pipeline.Interruption;
import io.meanfield.pipeline.JobContext;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.Outcome;
import io.meanfield.store.RunId;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = "Write a model's predictions for data.test as a table; labels are not needed.",
    footer = {
      "",
      "Example: scripts/submit predict --model mnist-1",
      "         scripts/submit predict --model churn-1 --data new.csv"
    })
final class PredictCommand extends JobCommand implements ClusterCommand {
  @Mixin private ModelOptions model;

  @Override
  public JobSettings settings() {
    return options().settings(model);
  }

  @Override
  Outcome run(SparkSession spark, JobSettings settings, RunId id, Interruption interruption) {
    return new EvaluateJob(new JobContext(spark, settings, id, interruption), model.model())
        .predict();
  }

  @Override
  public List<NamedPath> locations(JobSettings settings) {
    return model.locations(settings);
  }
}
