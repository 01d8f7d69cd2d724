package io.meanfield.cli.runs;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.QueryCommand;
import io.meanfield.cli.command.RunText;
import io.meanfield.cli.command.Sessions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunInventory;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.pipeline.housekeeping.RunVersion;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.report.TerminalWidth;
import io.meanfield.settings.ShortLists;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Show a run: status, the process that works on it, the settings that are not the defaults,"
            + " tables, checkpoints, and the registered versions that it has trained.",
    footer = {"", "Example: scripts/submit runs show mnist-1"})
final class RunsShowCommand extends QueryCommand {
  @Parameters(paramLabel = "RUN", description = "The id of the run.")
  private String id;

  /** A run. */
  record Shown(
      RunRow run,
      String path,
      Optional<Status> status,
      Map<String, String> settings,
      Map<String, Long> tableBytes,
      Map<String, Long> checkpointBytes) {}

  @Override
  public CommandOutput output(JobSettings settings) {
    Runs runs = new Runs(Sessions.hadoop(), settings.run().directory());
    if (!RunId.isValid(id)) {
      throw runs.missing(id, "the id of a run");
    }
    RunInventory found =
        RunInventory.read(
            List.of(runs.directory(new RunId(id))), RunsListCommand.registered(settings));
    RunSummary run = found.runs().stream().findFirst().orElseThrow(() -> unusable(runs, found));
    Instant now = Instant.now();
    Shown shown =
        new Shown(
            RunRow.of(run, now),
            run.directory().display(),
            run.status(),
            run.chosenSettings(),
            sizes(run.directory(), RunDirectory.TABLES),
            sizes(run.directory(), "checkpoints"));
    return CommandOutput.done(lines(run, shown, now), shown);
  }

  private static Map<String, Long> sizes(RunDirectory run, String directory) {
    Map<String, Long> sizes = new TreeMap<>();
    run.list(directory).forEach(name -> sizes.put(name, run.size(directory + "/" + name)));
    return sizes;
  }

  private UserException unusable(Runs runs, RunInventory found) {
    return runs.directories().stream()
        .filter(directory -> directory.id().value().equals(id))
        .findFirst()
        .map(
            directory ->
                UserException.of(
                    ErrorCode.WRONG_ARGUMENTS,
                    "%s cannot be shown: %s",
                    directory.display(),
                    found.unreadable().values().iterator().next()))
        .orElseGet(() -> runs.missing(id, "the id of a run"));
  }

  private static List<String> lines(RunSummary run, Shown shown, Instant now) {
    List<String> lines = new ArrayList<>();
    add(lines, "run", run.id());
    add(lines, "path", run.directory().display());
    add(lines, "command", run.command());
    add(lines, "state", RunText.state(run));
    run.status().ifPresent(status -> add(lines, "message", status.message()));
    run.status().flatMap(RunText::exit).ifPresent(exit -> add(lines, "exit", exit));
    run.started().ifPresent(time -> add(lines, "started", RunText.time(time)));
    run.duration(now).ifPresent(time -> add(lines, "duration", RunText.duration(time)));
    add(lines, "age", RunText.duration(run.age(now)));
    add(lines, "size", RunText.size(run.bytes()));
    run.versions().stream()
        .map(RunVersion::display)
        .forEach(version -> add(lines, "version", version));
    run.metrics().forEach((name, value) -> add(lines, "metric", name + " " + value));
    shown
        .settings()
        .forEach((key, value) -> add(lines, "setting", key + " = " + ShortLists.of(value)));
    addSizes(lines, "table", shown.tableBytes());
    addSizes(lines, "state of", shown.checkpointBytes());
    return lines;
  }

  private static void addSizes(List<String> lines, String title, Map<String, Long> sizes) {
    sizes.forEach((name, bytes) -> add(lines, title, name + ", " + RunText.size(bytes)));
  }

  private static void add(List<String> lines, String title, String value) {
    lines.addAll(TerminalWidth.lines(String.format("%-9s", title), value));
  }
}
