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

  @Override
  public JobSettings settings() {
    output.output(); // wrong options are refused before anything is read
    return options().settings(model);
  }

  @Override
  public Outcome run(JobContext job) {
    return output
        .output()
        .map(target -> new PredictToOutputJob(job, model.model(), target).run())
        .orElseGet(() -> new PredictToRunJob(job, model.model()).run());
  }
}
