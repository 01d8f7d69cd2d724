package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.ModelOptions;
import io.meanfield.cli.command.OutputOptions;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.PredictToOutputJob;
import io.meanfield.pipeline.score.PredictToRunJob;
import io.meanfield.pipeline.settings.JobSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description =
        "Write a model's predictions for data.test as a table; labels are not needed. With --out or"
            + " --out-table the rows are scored where they are read.",
    footer = {
      "",
      "Example: scripts/submit predict --model mnist-1",
      "         scripts/submit predict --model churn-1 --data new.csv",
      "         scripts/submit predict --model churn@champion --data new.csv --out"
          + " scored/2026-01-31 --columns customer"
    })
final class PredictCommand extends JobCommand {
  @Mixin private ModelOptions model;
  @Mixin private OutputOptions output;

  @Option(
      names = "--contributions",
      description =
          "Also write how much each column of the table moves the prediction of a row away from"
              + " that of the average training row.")
  private boolean contributions;

  @Override
  public JobSettings settings() {
    output.output(); // wrong options are refused before anything is read
    return options().settings(model);
  }

  @Override
  public Outcome run(JobContext job) {
    return output
        .output()
        .map(target -> scored(new PredictToOutputJob(job, model.model(), target)))
        .orElseGet(() -> scored(new PredictToRunJob(job, model.model())));
  }

  private Outcome scored(PredictToOutputJob scoring) {
    return (contributions ? scoring.withContributions() : scoring).run();
  }

  private Outcome scored(PredictToRunJob scoring) {
    return (contributions ? scoring.withContributions() : scoring).run();
  }
}
