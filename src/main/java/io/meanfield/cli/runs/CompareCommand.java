package io.meanfield.cli.runs;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.RunText;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SparklessCommand;
import io.meanfield.cli.command.Terminal;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.page.ComparisonPage;
import io.meanfield.pipeline.page.RunComparison;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.store.Runs;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Compare runs: settings that differ, metrics, learning curves, time and cost. Starts no"
            + " Spark session.",
    footer = {
      "",
      "Example: scripts/submit compare mnist-1 mnist-2",
      "         scripts/submit compare --page compared.html mnist-1 hdfs:///runs/mnist-2"
    })
public final class CompareCommand extends SparklessCommand {
  @Parameters(arity = "1..*", paramLabel = "RUN", description = RunText.RUN)
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Also write a page for a browser, with the curves on top of each other.")
  private String page;

  @Override
  public CommandOutput output(JobSettings settings) {
    if (names.size() < 2) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS, "expected at least 2 runs to compare, found " + names.size());
    }
    Configuration hadoop = Sessions.hadoop();
    Runs runs = new Runs(hadoop, settings.run().directory());
    RunComparison comparison = RunComparison.of(names.stream().map(runs::named).toList());
    List<String> lines =
        new ArrayList<>(new ComparisonText(Terminal.textWidth()).lines(comparison));
    if (page != null) {
      lines.add("page     " + OpenCommand.write(hadoop, page, ComparisonPage.of(comparison)));
    }
    return CommandOutput.done(lines, comparison);
  }
}
