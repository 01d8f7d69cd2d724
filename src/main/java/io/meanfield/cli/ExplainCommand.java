package io.meanfield.cli;

import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.ModelOptions;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.score.ExplainJob;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Tell in words which columns of a table move the prediction of a row of data.test, and how"
            + " far from that of the average training row.",
    footer = {
      "",
      "Example: scripts/submit explain --model churn-1 --row A-17",
      "         scripts/submit explain --model churn@champion --data new.csv --row A-17,A-18"
    })
final class ExplainCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Mixin private ModelOptions model;
  @Spec private CommandSpec spec;

  @Option(
      names = "--row",
      split = ",",
      required = true,
      paramLabel = "ID",
      description =
          "Ids of the rows, separated by commas: the values of data.columns.id or, without it, the"
              + " example_id that evaluate or predict writes.")
  private List<String> ids;

  @Override
  public Integer call() {
    JobSettings settings = options.settings(model);
    PrintWriter out = spec.commandLine().getOut();
    Sessions.with(
            spec.name(),
            settings.run(),
            spark -> new ExplainJob(spark, settings, model.model()).lines(ids))
        .forEach(line -> Printable.println(out, line));
    out.flush();
    return 0;
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
