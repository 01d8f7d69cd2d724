package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.DataSplit;
import io.meanfield.pipeline.ExampleView;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.RbmPictures;
import io.meanfield.pipeline.ReplayJob;
import io.meanfield.pipeline.ShowJob;
import io.meanfield.report.TerminalColors;
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
        "Show examples of data.train or data.test with labels and predictions: images as pictures,"
            + " table rows as text; samples and hidden units of a restricted Boltzmann machine; or an"
            + " episode that a model of the command play plays.",
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

    @Option(
        names = "--episode",
        paramLabel = "N",
        description =
            "The number, from 1, of an episode of reinforce.environment that --model plays: a line"
                + " for every tenth step, or an animation with --png.")
    private Optional<Integer> episode = Optional.empty();

    @Option(
        names = "--samples",
        paramLabel = "N",
        description =
            "Draw N images from the restricted Boltzmann machines with which the network of --model"
                + " begins, by Gibbs sampling with run.seed.")
    private Optional<Integer> samples = Optional.empty();

    @Option(
        names = "--receptive-fields",
        paramLabel = "N",
        description =
            "Show the weights of the first N hidden units of the first layer of --model, a"
                + " restricted Boltzmann machine, as images.")
    private Optional<Integer> receptiveFields = Optional.empty();

    boolean isOfModel() {
      return samples.isPresent() || receptiveFields.isPresent();
    }
  }

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "The id of a run, the path of a model.zip, or a version such as NAME@champion, whose"
              + " predictions are shown.")
  private String model;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Draw the images into this PNG file instead of the terminal.")
  private String png;

  @Override
  public Integer call() {
    JobSettings settings = options.settings();
    PrintWriter out = spec.commandLine().getOut();
    SparkSession spark = Sessions.open(spec.name(), settings.run());
    try {
      Sessions.call(spark, () -> lines(spark, settings)).forEach(out::println);
      out.flush();
      return 0;
    } finally {
      spark.stop();
    }
  }

  /** Returns what the command prints; writes the file of the option --png. */
  private List<String> lines(SparkSession spark, JobSettings settings) {
    if (selection.episode.isPresent()) {
      return new ReplayJob(spark, settings, selection.episode.get(), model())
          .show(Optional.ofNullable(png));
    }
    return selection.isOfModel() ? modelLines(spark, settings) : exampleLines(spark, settings);
  }

  private List<String> modelLines(SparkSession spark, JobSettings settings) {
    if (model == null) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--samples and --receptive-fields show a model; expected its name in --model");
    }
    RbmPictures pictures =
        new RbmPictures(spark.sparkContext().hadoopConfiguration(), settings, model);
    ExampleView.Images view =
        selection
            .samples
            .map(pictures::samples)
            .orElseGet(() -> pictures.receptiveFields(selection.receptiveFields.orElseThrow()));
    return png == null ? lines(view) : List.of("picture  " + pictures.export(view, png));
  }

  private List<String> exampleLines(SparkSession spark, JobSettings settings) {
    ShowJob job = new ShowJob(spark, settings, split, Optional.ofNullable(model));
    ExampleView view =
        selection.ids.isEmpty() ? job.random(selection.random) : job.named(selection.ids);
    List<String> lines =
        new ArrayList<>(job.note().map(note -> "note     " + note).stream().toList());
    lines.addAll(png == null ? lines(view) : List.of("picture  " + job.export(view, png)));
    return lines;
  }

  private String model() {
    return Optional.ofNullable(model)
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.WRONG_ARGUMENTS, "--episode needs --model, the model that plays"));
  }

  private static List<String> lines(ExampleView view) {
    TerminalColors colors = TerminalColors.of(System.getenv(), Terminal.isInteractive());
    return view.lines(colors, Terminal.width());
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
