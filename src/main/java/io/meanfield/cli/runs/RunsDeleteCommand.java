package io.meanfield.cli.runs;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.QueryCommand;
import io.meanfield.cli.command.RunText;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.Terminal;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RegisteredRuns;
import io.meanfield.pipeline.housekeeping.RunCleanup;
import io.meanfield.pipeline.housekeeping.RunDeletions;
import io.meanfield.pipeline.housekeeping.RunInventory;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.pipeline.housekeeping.RunVersion;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description =
        "Delete the named runs, or the runs that the options select. A run on which a process works"
            + " is never deleted. A selected run is kept if it trained a version that is or was the"
            + " champion, or if models reproduce or another run reads it. Completes deletions that"
            + " were interrupted.",
    footer = {
      "",
      "Example: scripts/submit runs delete --older-than 90d --yes",
      "         scripts/submit runs delete mnist-1",
      "Exit codes: 0 done, 1 a run could not be deleted, 2 wrong settings or arguments,",
      "4 a process works on a run."
    })
final class RunsDeleteCommand extends QueryCommand {
  @Parameters(arity = "0..*", paramLabel = "RUN", description = "The ids of runs.")
  private List<String> ids = new ArrayList<>();

  @Mixin private RunFilterOptions filter;

  @Option(names = "--dry-run", description = "Print what would be deleted, and delete nothing.")
  private boolean dryRun;

  @Option(names = "--yes", description = "Delete without asking.")
  private boolean yes;

  /**
   * What was deleted, or would be.
   *
   * @param bytes the size of the deleted runs
   */
  record Deleted(
      boolean dryRun,
      List<String> deleted,
      long bytes,
      Map<String, String> kept,
      Map<String, String> unreadable) {}

  @Override
  public CommandOutput output(JobSettings settings) {
    if (ids.isEmpty() == filter.isEmpty()) {
      throw new ParameterException(
          spec().commandLine(),
          "expected either the names of runs, or --older-than, --state or --command to select"
              + " them");
    }
    Runs runs = new Runs(Sessions.hadoop(), settings.run().directory());
    RegisteredRuns registered = RunsListCommand.registered(settings);
    RunInventory inventory = RunInventory.read(runs.directories(), registered);
    RunCleanup cleanup = new RunCleanup(inventory, registered);
    Instant now = Instant.now();
    RunDeletions deletions =
        ids.isEmpty() ? cleanup.matching(run -> filter.test(run, now)) : cleanup.named(ids);
    RunDeletions.Result result =
        dryRun ? deletions.planned() : executed(deletions, runs, settings.run().singleWriter());
    return output(result, inventory.unreadable());
  }

  private RunDeletions.Result executed(RunDeletions deletions, Runs runs, boolean singleWriter) {
    if (!deletions.runs().isEmpty()) {
      runs.requireWritable(singleWriter);
      requireConsent(deletions);
    }
    return deletions.execute();
  }

  private void requireConsent(RunDeletions deletions) {
    String names =
        deletions.runs().stream().map(RunsDeleteCommand::name).collect(Collectors.joining(", "));
    String question =
        "delete %s %s, %s: %s"
            .formatted(
                deletions.runs().size(),
                deletions.runs().size() == 1 ? "run" : "runs",
                RunText.size(deletions.bytes()),
                names);
    if (!yes && !Terminal.confirms(question + " (y/N)? ")) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "nothing is deleted, because it is not confirmed to %s; add --yes, or --dry-run to see"
              + " only what would be deleted",
          question);
    }
  }

  /** Returns the name of a run, with the versions that it has trained. */
  private static String name(RunSummary run) {
    return run.versions().isEmpty()
        ? run.id()
        : run.versions().stream()
            .map(RunVersion::display)
            .collect(Collectors.joining(", ", run.id() + " of ", ""));
  }

  private CommandOutput output(RunDeletions.Result result, Map<String, String> unreadable) {
    List<String> lines = new ArrayList<>();
    result.kept().forEach((run, why) -> lines.add("kept     " + run + ": " + why));
    unreadable.forEach((path, why) -> lines.add("skipped  " + path + ": " + why));
    result.deleted().forEach(run -> lines.add((dryRun ? "delete   " : "deleted  ") + run));
    lines.add(
        "done     %s: %s, %s; kept: %s"
            .formatted(
                dryRun ? "runs to delete" : "deleted runs",
                result.deleted().size(),
                RunText.size(result.bytes()),
                result.kept().size()));
    return new CommandOutput(
        result.exitCode(),
        lines,
        new Deleted(dryRun, result.deleted(), result.bytes(), result.kept(), unreadable));
  }
}
