package io.meanfield.cli.runs;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.QueryCommand;
import io.meanfield.cli.command.RunText;
import io.meanfield.cli.command.Sessions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.page.ComparisonPage;
import io.meanfield.pipeline.page.Curve;
import io.meanfield.pipeline.page.RunComparison;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.report.MarkdownTable;
import io.meanfield.store.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Compare runs: settings and columns that differ, metrics, learning curves, time and cost."
            + " Starts no Spark session.",
    footer = {
      "",
      "Example: scripts/submit compare mnist-1 mnist-2",
      "         scripts/submit compare --page compared.html mnist-1 hdfs:///runs/mnist-2"
    })
public final class CompareCommand extends QueryCommand {
  private static final int MOST_EPOCHS = 12;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = RunText.RUN)
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Also write a page for a browser, with the curves laid over each other.")
  private String page;

  @Override
  public CommandOutput output(JobSettings settings) {
    if (names.size() < 2) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS, "expected at least 2 runs to compare, found %s", names.size());
    }
    Configuration hadoop = Sessions.hadoop();
    Runs runs = new Runs(hadoop, settings.run().directory());
    RunComparison comparison = RunComparison.of(names.stream().map(runs::named).toList());
    List<String> lines = lines(comparison);
    if (page != null) {
      lines.add("page     " + OpenCommand.write(hadoop, page, ComparisonPage.of(comparison)));
    }
    return CommandOutput.done(lines, comparison);
  }

  private static List<String> lines(RunComparison comparison) {
    List<String> runs = comparison.runs();
    List<String> lines = new ArrayList<>();
    lines.addAll(
        comparison.settings().isEmpty()
            ? List.of("", "settings: no difference")
            : table("settings", "setting", runs, comparison.settingCells()));
    lines.addAll(
        comparison.metrics().isEmpty()
            ? List.of("", "metrics: no run has a metric yet")
            : table("metrics", "metric", runs, comparison.metricCells()));
    if (!comparison.columns().isEmpty()) {
      lines.addAll(table("columns", "column", runs, comparison.columnCells()));
    }
    comparison.curves().stream()
        .findFirst()
        .ifPresent(
            curve -> lines.addAll(table(curve.metric(), "epoch", runs, epochs(curve, runs))));
    lines.addAll(table("time and cost", "", runs, comparison.costCells()));
    return lines;
  }

  private static List<String> table(
      String title, String first, List<String> runs, List<List<String>> rows) {
    List<String> titles = Stream.concat(Stream.of(first), runs.stream()).toList();
    MarkdownTable table = new MarkdownTable(titles, rows);
    return Stream.concat(Stream.of("", title), table.lines().stream()).toList();
  }

  /** Returns a row for each of a few evenly spaced epochs, the first and the last among them. */
  private static List<List<String>> epochs(Curve curve, List<String> runs) {
    TreeSet<Integer> found = new TreeSet<>();
    curve.lines().forEach(line -> found.addAll(line.epochs()));
    List<Integer> all = List.copyOf(found);
    int shown = Math.min(MOST_EPOCHS, all.size());
    return IntStream.range(0, shown)
        .map(i -> shown == 1 ? 0 : (int) ((long) i * (all.size() - 1) / (shown - 1)))
        .mapToObj(all::get)
        .map(
            epoch ->
                Stream.concat(
                        Stream.of(epoch.toString()),
                        runs.stream().map(run -> value(curve, run, epoch)))
                    .toList())
        .toList();
  }

  private static String value(Curve curve, String run, int epoch) {
    return curve.lines().stream()
        .filter(line -> line.run().equals(run))
        .filter(line -> line.epochs().contains(epoch))
        .map(line -> line.values().get(line.epochs().indexOf(epoch)))
        .map(value -> String.format(Locale.ROOT, "%.6g", value))
        .findFirst()
        .orElse("");
  }
}
