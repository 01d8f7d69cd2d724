package io.meanfield.cli;

import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.score.DataSplit;
import io.meanfield.pipeline.score.ShowJob;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Show examples of data.train or data.test with labels and predictions: images in"
            + " characters, table rows by column.",
    footer = {"", "Example: scripts/submit show --examples 4523 --model mnist-1"})
final class ShowCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "test",
      description = "The data set to use: train or test. Default: ${DEFAULT-VALUE}.")
  private DataSplit split;

  @ArgGroup private Selection selection = new Selection();

  /** The examples to show. */
  private static final class Selection {
    @Option(
        names = "--examples",
        split = ",",
        paramLabel = "ID",
        description = "Ids of the examples, separated by commas.")
    private List<String> ids = List.of();

    @Option(
        names = "--random",
        paramLabel = "N",
        description = "How many examples to draw at random, with run.seed. Default: 4.")
    private int random = 4;
  }

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The id of a run, the path of a model.zip, or a version such as NAME@champion, whose"
              + " predictions are shown.")
  private String model;

  @Override
  public Integer call() {
    JobSettings settings = model == null ? options.settings() : options.settings(model, List.of());
    PrintWriter out = spec.commandLine().getOut();
    Sessions.with(spec.name(), settings.run(), spark -> lines(spark, settings))
        .forEach(line -> Printable.println(out, line));
    out.flush();
    return 0;
  }

  private List<String> lines(SparkSession spark, JobSettings settings) {
    ShowJob job = new ShowJob(spark, settings, split, Optional.ofNullable(model));
    List<String> lines =
        new ArrayList<>(job.note().map(note -> "note     " + note).stream().toList());
    lines.addAll(selection.ids.isEmpty() ? job.random(selection.random) : job.named(selection.ids));
    return lines;
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
