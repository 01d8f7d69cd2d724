package io.meanfield.pipeline.housekeeping;

import io.meanfield.error.UserException;
import io.meanfield.store.ParallelReads;
import io.meanfield.store.RunDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The runs of a directory, by name, and what else is in it. Driver only.
 *
 * @param unreadable the other directories, by path, with the reason why they are no runs
 */
public record RunInventory(List<RunSummary> runs, SortedMap<String, String> unreadable) {
  /** Reads the runs. One that cannot be read does not keep the others from being read. */
  public static RunInventory read(List<RunDirectory> directories, RegisteredRuns registered) {
    SortedMap<String, String> unreadable = new ConcurrentSkipListMap<>();
    List<RunSummary> runs =
        ParallelReads.of(directories, run -> summary(run, registered, unreadable)).stream()
            .flatMap(Optional::stream)
            .toList();
    return new RunInventory(runs, unreadable);
  }

  private static Optional<RunSummary> summary(
      RunDirectory run, RegisteredRuns registered, Map<String, String> unreadable) {
    try {
      return Optional.of(RunSummary.read(run, registered));
    } catch (UserException e) {
      unreadable.put(run.display(), e.getMessage());
      return Optional.empty();
    }
  }
}
