package io.meanfield.pipeline.housekeeping;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDeletion;
import io.meanfield.store.RunHolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides which runs are deleted, and why the others are kept.
 *
 * @param registered the registry, which needs some of the runs
 */
public record RunCleanup(RunInventory inventory, RegisteredRuns registered) {
  /**
   * Returns the deletion of the runs that a filter selects. Runs are kept that a living process
   * holds, whose directory is a link, that trained a version that is or was the champion, or that
   * another run or the reproduction of a version reads.
   */
  public RunDeletions matching(Predicate<RunSummary> filter) {
    List<RunSummary> free = new ArrayList<>();
    Map<String, String> kept = new LinkedHashMap<>();
    for (RunSummary run : inventory.runs().stream().filter(filter).toList()) {
      holder(run)
          .or(() -> RunDeletion.linkReason(run.directory()))
          .or(() -> need(run))
          .ifPresentOrElse(why -> kept.put(run.id(), why), () -> free.add(run));
    }
    Map<String, String> readers = readers(free);
    free.stream()
        .filter(run -> readers.containsKey(run.id()))
        .forEach(run -> kept.put(run.id(), readers.get(run.id())));
    free.removeIf(run -> readers.containsKey(run.id()));
    return deletions(free, kept);
  }

  /**
   * Returns the deletion of these runs.
   *
   * @throws UserException if one does not exist, if a living process holds one, or if the directory
   *     of one is a link
   */
  public RunDeletions named(List<String> ids) {
    Map<String, RunSummary> runs =
        inventory.runs().stream().collect(Collectors.toMap(RunSummary::id, run -> run));
    ids.stream().filter(id -> !runs.containsKey(id)).findFirst().ifPresent(this::throwUnknown);
    List<RunSummary> selected = ids.stream().distinct().map(runs::get).toList();
    for (RunSummary run : selected) {
      holder(run)
          .ifPresent(
              reason -> {
                throw UserException.of(
                    ErrorCode.RUN_BUSY, "run %s is not deleted: %s; wait for it", run.id(), reason);
              });
      RunDeletion.linkReason(run.directory())
          .ifPresent(
              reason -> {
                throw UserException.of(
                    ErrorCode.WRONG_ARGUMENTS, "run %s is not deleted: %s", run.id(), reason);
              });
    }
    return deletions(selected, Map.of());
  }

  private RunDeletions deletions(List<RunSummary> selected, Map<String, String> kept) {
    List<RunSummary> all = new ArrayList<>(selected);
    inventory.runs().stream()
        .filter(run -> run.deleting() && !all.contains(run))
        .filter(run -> holder(run).isEmpty())
        .forEach(all::add);
    return new RunDeletions(all, kept);
  }

  private static Optional<String> holder(RunSummary run) {
    return run.holder().filter(RunHolder::alive).map(holder -> holder + " is working on it");
  }

  /** Returns why the registry needs a run; empty if it does not. */
  private Optional<String> need(RunSummary run) {
    if (run.deleting()) {
      return Optional.empty(); // there is nothing left that anybody could use
    }
    return run.versions().stream()
        .filter(version -> version.promoted())
        .map(version -> "it trained " + version.display())
        .findFirst()
        .or(() -> registered.reproductions(run.id()).stream().findFirst());
  }

  /** Returns a reason for each run that a run beside these reads. */
  private Map<String, String> readers(List<RunSummary> deleted) {
    Map<String, String> readers = new LinkedHashMap<>();
    inventory.runs().stream()
        .filter(run -> !deleted.contains(run) && !run.deleting())
        .forEach(
            run ->
                RunUse.of(run.manifest(), List.of("train", "test"))
                    .forEach(
                        use ->
                            readers.putIfAbsent(
                                use.runId(), "run " + run.id() + " " + use.purpose())));
    return readers;
  }

  private void throwUnknown(String id) {
    throw new UserException(
        ErrorCode.WRONG_ARGUMENTS,
        inventory.unreadable().entrySet().stream()
            .filter(directory -> directory.getKey().endsWith("/" + id))
            .map(
                directory ->
                    "%s cannot be deleted: %s".formatted(directory.getKey(), directory.getValue()))
            .findFirst()
            .orElse("there is no run " + id + "; runs list shows the names of all runs"));
  }
}
