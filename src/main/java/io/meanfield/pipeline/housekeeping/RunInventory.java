package io.meanfield.pipeline.housekeeping;

import io.meanfield.store.ParallelReads;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.RunHolders;
import io.meanfield.store.Runs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of a directory, by name, and what else is in it. Driver only. */
public record RunInventory(List<RunSummary> runs, List<UnreadableRun> unreadable) {
  /** Reads all runs. One that cannot be read does not keep the others from being read. */
  public static RunInventory read(Runs runs, RegisteredRuns registered) {
    return of(runs.directories(), registered);
  }

  /** Reads the run of a directory; it is unreadable if there is none. */
  public static RunInventory read(RunDirectory directory, RegisteredRuns registered) {
    return of(List.of(directory), registered);
  }

  private static RunInventory of(List<RunDirectory> directories, RegisteredRuns registered) {
    List<RunEntry> entries = ParallelReads.of(directories, RunFiles::read);
    List<RunFiles> read = only(entries, RunFiles.class);
    Map<RunDirectory, RunHolder> holders =
        RunHolders.of(
            read.stream().filter(run -> !run.hasEnded()).map(RunFiles::directory).toList());
    return new RunInventory(
        read.stream()
            .map(
                run ->
                    run.summary(
                        Optional.ofNullable(holders.get(run.directory())),
                        registered.versions(run.directory().id().value())))
            .toList(),
        only(entries, UnreadableRun.class));
  }

  private static <T extends RunEntry> List<T> only(List<RunEntry> entries, Class<T> type) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
