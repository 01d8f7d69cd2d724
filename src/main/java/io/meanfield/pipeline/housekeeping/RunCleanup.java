package io.meanfield.pipeline.housekeeping;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunHolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides which runs are deleted, and why the others are kept. */
public final class RunCleanup {
  private final RunInventory inventory;
  private final RegisteredRuns registered;
  private final boolean keepPromoted;

  /**
   * Creates a cleanup.
   *
   * @param keepPromoted whether runs are kept whose model is or was a champion, also if they are
   *     named
   */
  public RunCleanup(RunInventory inventory, RegisteredRuns registered, boolean keepPromoted) {
    this.inventory = inventory;
    this.registered = registered;
    this.keepPromoted = keepPromoted;
  }

  /**
   * Returns the deletion of the runs that a filter selects. Runs are kept that a living process
   * holds, that the registry needs, or that a run that is kept reads.
   *
   * @throws UserException if promoted runs shall be kept and nothing is registered
   */
  public RunDeletions matching(Predicate<RunSummary> filter) {
    List<RunSummary> selected = inventory.runs().stream().filter(filter).toList();
    requireRegistry(selected);
    Map<RunSummary, String> kept = new LinkedHashMap<>();
    for (RunSummary run : selected) {
      holder(run).or(() -> need(run)).ifPresent(reason -> kept.put(run, reason));
    }
    List<RunSummary> free = new ArrayList<>(selected);
    free.removeAll(kept.keySet());
    keep(readers(free, RunUse::of), free, kept);
    // Of the runs that this keeps, the data only: runs of which each starts from the weights of
    // the one before would otherwise never be deleted.
    keep(readers(free, RunUse::ofData), free, kept);
    return deletions(free, kept);
  }

  /** Moves the runs with a reader from {@code free} to {@code kept}. */
  private static void keep(
      Map<String, String> readers, List<RunSummary> free, Map<RunSummary, String> kept) {
    List<RunSummary> read = free.stream().filter(run -> readers.containsKey(run.id())).toList();
    read.forEach(run -> kept.put(run, readers.get(run.id())));
    free.removeAll(read);
  }

  /**
   * Returns the deletion of these runs.
   *
   * @throws UserException if one does not exist, if a living process holds one, or if promoted runs
   *     shall be kept and one is needed
   */
  public RunDeletions named(List<String> ids) {
    Map<String, RunSummary> runs =
        inventory.runs().stream().collect(Collectors.toMap(RunSummary::id, run -> run));
    ids.stream().filter(id -> !runs.containsKey(id)).findFirst().ifPresent(this::throwUnknown);
    List<RunSummary> selected = ids.stream().distinct().map(runs::get).toList();
    requireRegistry(selected);
    for (RunSummary run : selected) {
      holder(run).ifPresent(reason -> throwKept(ErrorCode.RUN_BUSY, run, reason, "wait for it"));
      Optional.of(run)
          .filter(each -> keepPromoted)
          .flatMap(this::need)
          .ifPresent(
              reason ->
                  throwKept(
                      ErrorCode.WRONG_ARGUMENTS,
                      run,
                      reason,
                      "leave out --keep-promoted, or the run"));
    }
    return deletions(selected, Map.of());
  }

  private RunDeletions deletions(List<RunSummary> selected, Map<RunSummary, String> kept) {
    List<RunSummary> all = new ArrayList<>(selected);
    inventory.runs().stream()
        .filter(run -> run.deleting() && !all.contains(run))
        .filter(run -> holder(run).isEmpty())
        .forEach(all::add);
    Map<String, String> reasons = new LinkedHashMap<>();
    kept.forEach((run, reason) -> reasons.put(run.id(), reason));
    return new RunDeletions(all, reasons);
  }

  private void requireRegistry(List<RunSummary> selected) {
    if (keepPromoted && registered.isEmpty() && !selected.isEmpty()) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--keep-promoted needs the registry, found no model in "
              + registered.display()
              + "; set registry.directory, or leave out --keep-promoted");
    }
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
        .filter(version -> isKept(version))
        .map(version -> "it trained " + version.display())
        .findFirst()
        .or(() -> registered.reproductions(run.id()).stream().findFirst());
  }

  private boolean isKept(RunVersion version) {
    return version.champion() || (keepPromoted && version.promoted());
  }

  /** Returns a reason for each run that a run beside these reads. */
  private Map<String, String> readers(
      List<RunSummary> deleted, BiFunction<Manifest, List<String>, List<RunUse>> uses) {
    Map<String, String> readers = new LinkedHashMap<>();
    inventory.runs().stream()
        .filter(run -> !deleted.contains(run) && !run.deleting())
        .forEach(
            run ->
                uses.apply(run.manifest(), List.of("train", "test"))
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
            .map(directory -> directory.getKey() + " cannot be deleted: " + directory.getValue())
            .findFirst()
            .orElse("there is no run " + id + "; runs list shows the names of all runs"));
  }

  private static void throwKept(ErrorCode code, RunSummary run, String reason, String advice) {
    throw new UserException(code, "run " + run.id() + " is not deleted: " + reason + "; " + advice);
  }
}
