package io.meanfield.cli;

import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.start.InitJob;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description =
        "Look at the columns of a table and write a settings file for it, which says what each"
            + " column is used for and why. Creates no run.",
    footer = {
      "",
      "Example: scripts/submit init churn.csv --label churned",
      "         scripts/submit init --table lake.sales.customers --label churned --out churn.conf"
    })
final class InitCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Place place;

  /** Where the table lies. */
  private static final class Place {
    @Parameters(
        paramLabel = "PATH",
        description = "A file of CSV or Parquet, a directory of such files, or a glob.")
    private String path;

    @Option(
        names = "--table",
        paramLabel = "NAME",
        description = "A table or view of one of Spark's catalogs.")
    private String table;
  }

  @Option(
      names = "--label",
      paramLabel = "COLUMN[,COLUMN…]",
      description = "The column to predict, or several columns of numbers.")
  private String label;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description =
          "The test set, in the same form as the table. Default: data.test-fraction of the table.")
  private String test;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The settings file to write. Default: the name of the table, with .conf.")
  private String out;

  @Override
  public Integer call() {
    Sessions.with(
            spec.name(),
            options.settings().run(),
            spark -> new InitJob(spark, request(), this::print).run())
        .forEach(this::print);
    return 0;
  }

  private void print(String line) {
    PrintWriter printed = spec.commandLine().getOut();
    Printable.println(printed, line);
    printed.flush();
  }

  private InitJob.Request request() {
    return new InitJob.Request(
        Optional.ofNullable(place.path),
        Optional.ofNullable(place.table),
        Optional.ofNullable(test),
        Optional.ofNullable(label),
        Optional.ofNullable(out));
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
