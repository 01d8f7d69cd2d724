package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.ModelOptions;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.EvaluateJob;
import io.meanfield.pipeline.settings.JobSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
final class EvaluateCommand extends JobCommand {
  @Mixin private ModelOptions model;

  @Option(
      names = "--baselines",
      description =
          "Compare the model with the mean or the most frequent class, and with a linear model and"
              + " boosted trees of Spark MLlib on the same rows, even if training them takes long.")
  private boolean baselines;

  @Override
  public JobSettings settings() {
    return options().settings(model);
  }

  @Override
  public Outcome run(JobContext job) {
    EvaluateJob evaluation = new EvaluateJob(job, model.model());
    return (baselines ? evaluation.withAllBaselines() : evaluation).run();
  }
}
