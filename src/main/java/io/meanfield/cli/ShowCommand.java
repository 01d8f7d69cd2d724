package io.meanfield.cli;

import io.meanfield.pipeline.ExampleView;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.PrepareJob;
import io.meanfield.pipeline.ShowJob;
import io.meanfield.report.TerminalColors;
import io.meanfield.report.TerminalGrid;
import java.io.PrintWriter;
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
        "Draw examples of data.train or data.test, images as they look and others as rows, with"
            + " label and prediction.",
    footer = {
      "",
      "Example: scripts/submit show --conf jobs/mnist-evaluate.conf --examples 4523 --model mnist-1"
    })
final class ShowCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--split",
      paramLabel = "PART",
      defaultValue = "test",
      description = "train or test: which of the settings says where the files are.")
  private PrepareJob.DataSplit split;

  @ArgGroup private Choice choice = new Choice();

  /** Which examples. */
  private static final class Choice {
    @Option(
        names = "--examples",
        split = ",",
        paramLabel = "ID",
        description = "Ids of the examples, with commas between them.")
    private List<String> ids = List.of();

    @Option(
        names = "--random",
        paramLabel = "N",
        description = "So many, drawn by run.seed. Default: 4.")
    private int random = 4;
  }

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A run id, or the path of a model.zip, whose predictions are shown.")
  private String model;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Draw all examples into this PNG file instead.")
  private String png;

  @Override
  public Integer call() {
    JobSettings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (SparkSession spark = Sessions.open(spec.name())) {
      ShowJob job = new ShowJob(spark, settings, split, Optional.ofNullable(model));
      ExampleView exhibition =
          choice.ids.isEmpty() ? job.random(choice.random) : job.named(choice.ids);
      if (png != null) {
        out.println("picture  " + job.export(exhibition, png));
      } else {
        lines(exhibition).forEach(out::println);
      }
      out.flush();
      return 0;
    }
  }

  private List<String> lines(ExampleView exhibition) {
    if (exhibition instanceof ExampleView.Images images) {
      TerminalColors ink = TerminalColors.of(System.getenv(), Terminal.isInteractive());
      return TerminalGrid.lines(images.drawings(), ink, Terminal.width());
    }
    return ((ExampleView.TableRows) exhibition).lines();
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
