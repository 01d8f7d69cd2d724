package io.meanfield.cli.runs;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.QueryCommand;
import io.meanfield.cli.command.RunText;
import io.meanfield.cli.command.Sessions;
import io.meanfield.pipeline.housekeeping.RegisteredRuns;
import io.meanfield.pipeline.housekeeping.RunInventory;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.Registry;
import io.meanfield.report.MarkdownTable;
import io.meanfield.store.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "List runs, the oldest first, with command, state, accuracy (else an error or a loss),"
            + " start, age, duration, size, and the registered versions that they have trained.",
    footer = {
      "",
      "Example: scripts/submit runs list",
      "         scripts/submit runs list --state failed,interrupted --older-than 30d"
    })
final class RunsListCommand extends QueryCommand {
  @Mixin private RunFilterOptions filter;

  /**
   * The selected runs.
   *
   * @param unreadable the directories that are no runs, with the reason
   */
  record Listing(List<RunRow> runs, Map<String, String> unreadable) {}

  @Override
  public CommandOutput output(JobSettings settings) {
    Runs runs = new Runs(Sessions.hadoop(), settings.run().directory());
    RunInventory inventory = RunInventory.read(runs.directories(), registered(settings));
    Instant now = Instant.now();
    List<RunSummary> selected =
        inventory.runs().stream()
            .filter(run -> filter.test(run, now))
            .sorted(Comparator.comparing(RunSummary::active))
            .toList();
    List<String> lines = new ArrayList<>();
    if (selected.isEmpty()) {
      lines.add("no run in " + runs.display() + " is selected");
    } else {
      List<List<String>> cells = selected.stream().map(run -> RunRow.cells(run, now)).toList();
      lines.addAll(new MarkdownTable(RunRow.TITLES, cells).linesWithout("started"));
      long bytes = selected.stream().mapToLong(RunSummary::bytes).sum();
      lines.addAll(List.of("", "runs     " + selected.size() + ", " + RunText.size(bytes)));
    }
    inventory.unreadable().forEach((path, why) -> lines.add("skipped  " + path + ": " + why));
    return CommandOutput.done(
        lines,
        new Listing(
            selected.stream().map(run -> RunRow.of(run, now)).toList(), inventory.unreadable()));
  }

  /** Reads the registered versions, by the run that trained them. */
  static RegisteredRuns registered(JobSettings settings) {
    return RegisteredRuns.read(new Registry(Sessions.hadoop(), settings.registry().directory()));
  }
}
