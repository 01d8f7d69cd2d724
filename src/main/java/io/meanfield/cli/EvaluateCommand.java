package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.ModelOptions;
import io.meanfield.evaluate.slice.Monotone;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.EvaluateJob;
import io.meanfield.pipeline.score.SliceOptions;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.ArrayList;
import java.util.List;
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
      "         scripts/submit evaluate --model churn-1 --data new.csv",
      "         scripts/submit evaluate --model churn-1 --by plan,age"
    })
final class EvaluateCommand extends JobCommand {
  @Mixin private ModelOptions model;

  @Option(
      names = "--baselines",
      description =
          "Compare the model with the mean or the most frequent class, and with a linear model and"
              + " boosted trees of Spark MLlib on the same rows, even if training them takes long.")
  private boolean baselines;

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Columns of the data, separated by commas: metrics with 95 %% intervals of the rows of"
              + " each value, rare ones together, and of bins of numbers and times; the worst"
              + " first.")
  private List<String> by = new ArrayList<>();

  @Option(
      names = "--monotone",
      split = ",",
      paramLabel = "COLUMN:+|-",
      description =
          "Count the rows whose prediction falls (with +) or rises (with -) when the number of the"
              + " column rises by a tenth of its standard deviation.")
  private List<String> monotone = new ArrayList<>();

  @Override
  public JobSettings settings() {
    slices(); // wrong options are refused before anything is read
    return options().settings(model);
  }

  @Override
  public Outcome run(JobContext job) {
    EvaluateJob evaluation = new EvaluateJob(job, model.model()).withSlices(slices());
    return (baselines ? evaluation.withAllBaselines() : evaluation).run();
  }

  private SliceOptions slices() {
    return new SliceOptions(by, monotone.stream().map(Monotone.Rule::parse).toList());
  }
}
