package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.housekeeping.RegisteredRuns;
import io.meanfield.pipeline.housekeeping.RunDetails;
import io.meanfield.pipeline.housekeeping.RunInventory;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.pipeline.housekeeping.RunVersion;
import io.meanfield.registry.Registry;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Show a run: status, the process that works on it, the settings that are not the defaults,"
            + " tables, checkpoints, and the registered versions that it has trained.",
    footer = {"", "Example: scripts/submit runs show mnist-1"})
final class RunsShowCommand extends SparklessCommand {
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
  CommandOutput output(JobSettings settings) {
    Configuration hadoop = Sessions.hadoop();
    Runs runs = new Runs(hadoop, settings.run().directory());
    RunInventory found =
        RunInventory.read(
            runs.directory(new RunId(id)),
            RegisteredRuns.read(new Registry(hadoop, settings.registry().directory())));
    RunSummary run = found.runs().stream().findFirst().orElseThrow(() -> unusable(runs, found));
    RunDetails details = RunDetails.of(run);
    Instant now = Instant.now();
    return CommandOutput.done(
        lines(details, now),
        new Shown(
            RunRow.of(run, now),
            run.directory().display(),
            run.status(),
            details.settings(),
            details.tables(),
            details.checkpoints()));
  }

  private UserException unusable(Runs runs, RunInventory found) {
    String path = runs.display() + "/" + id;
    boolean exists =
        runs.directories().stream().anyMatch(directory -> directory.id().value().equals(id));
    return new UserException(
        ErrorCode.WRONG_ARGUMENTS,
        exists
            ? path + " cannot be shown: " + found.unreadable().get(0).reason()
            : "there is no run " + id + " in " + runs.display() + "; expected the id of a run");
  }

  private static List<String> lines(RunDetails details, Instant now) {
    RunSummary run = details.run();
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
    details.settings().forEach((key, value) -> add(lines, "setting", key + " = " + value));
    addSizes(lines, "table", details.tables());
    addSizes(lines, "state of", details.checkpoints());
    return lines;
  }

  private static void addSizes(List<String> lines, String title, Map<String, Long> sizes) {
    sizes.forEach((name, bytes) -> add(lines, title, name + ", " + RunText.size(bytes)));
  }

  private static void add(List<String> lines, String title, String value) {
    lines.add(String.format("%-9s%s", title, value));
  }
}
