package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.housekeeping.RegisteredRuns;
import io.meanfield.pipeline.housekeeping.RunFilter;
import io.meanfield.pipeline.housekeeping.RunInventory;
import io.meanfield.pipeline.housekeeping.RunOrder;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.pipeline.housekeeping.UnreadableRun;
import io.meanfield.registry.Registry;
import io.meanfield.report.MarkdownTable;
import io.meanfield.store.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "List runs with command, state, accuracy (else an error or a loss), start, age, duration,"
            + " size, and the registered versions that they have trained.",
    footer = {
      "",
      "Example: scripts/submit runs list --sort size",
      "         scripts/submit runs list --state failed,interrupted --older-than 30d"
    })
final class RunsListCommand extends SparklessCommand {
  @Mixin private RunFilterOptions filter;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "age",
      description =
          "age: the oldest first; accuracy: the best first; size: the largest first; or name."
              + " Default: ${DEFAULT-VALUE}.")
  private RunOrder order;

  /**
   * The selected runs.
   *
   * @param unreadable directories that cannot be read as runs
   */
  record Listing(List<RunRow> runs, List<UnreadableRun> unreadable) {}

  @Override
  CommandOutput output(JobSettings settings) {
    Configuration hadoop = Sessions.hadoop();
    Runs runs = new Runs(hadoop, settings.run().directory());
    RunInventory inventory =
        RunInventory.read(
            runs, RegisteredRuns.read(new Registry(hadoop, settings.registry().directory())));
    Instant now = Instant.now();
    RunFilter selection = filter.filter();
    List<RunSummary> selected =
        inventory.runs().stream()
            .filter(run -> selection.test(run, now))
            .sorted(order.comparator())
            .toList();
    return CommandOutput.done(
        lines(runs, selected, inventory.unreadable(), now),
        new Listing(
            selected.stream().map(run -> RunRow.of(run, now)).toList(), inventory.unreadable()));
  }

  private static List<String> lines(
      Runs runs, List<RunSummary> selected, List<UnreadableRun> unreadable, Instant now) {
    List<String> lines = new ArrayList<>();
    if (selected.isEmpty()) {
      lines.add("no run in " + runs.display() + " is selected");
    } else {
      lines.addAll(
          new MarkdownTable(
                  RunRow.TITLES, selected.stream().map(run -> RunRow.cells(run, now)).toList())
              .lines());
      long bytes = selected.stream().mapToLong(RunSummary::bytes).sum();
      lines.add("");
      lines.add("runs     " + selected.size() + ", " + RunText.size(bytes));
    }
    unreadable.forEach(run -> lines.add("skipped  " + run.path() + ": " + run.reason()));
    return lines;
  }
}
