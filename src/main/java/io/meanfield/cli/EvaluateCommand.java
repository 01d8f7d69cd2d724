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
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description =
        "Score a model on data.test: compare its predictions with the labels, and write metrics and"
            + " predictions as tables.",
    footer = {
      "",
      "Example: scripts/submit evaluate --model mnist-1",
      "         scripts/submit evaluate --model churn-1 --data new.csv"
    })
final class EvaluateCommand extends JobCommand implements ClusterCommand {
  @Mixin private ModelOptions model;

  @Override
  public JobSettings settings() {
    return options().settings(model);
  }

  @Override
  Outcome run(SparkSession spark, JobSettings settings, RunId id, Interruption interruption) {
    return new EvaluateJob(new JobContext(spark, settings, id, interruption), model.model()).run();
  }

  @Override
  public List<NamedPath> locations(JobSettings settings) {
    return model.locations(settings);
  }
}
