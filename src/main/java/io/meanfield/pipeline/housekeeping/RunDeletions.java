package io.meanfield.pipeline.housekeeping;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDeletion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs to delete.
 *
 * @param kept why other runs that were selected are kept, by id
 */
public record RunDeletions(List<RunSummary> runs, Map<String, String> kept) {

  /**
   * What was done.
   *
   * @param exitCode 0 if nothing went wrong, 4 if a process began to work on a run meanwhile, 1 if
   *     a run could not be deleted
   */
  public record Result(int exitCode, List<String> deleted, long bytes, Map<String, String> kept) {}

  /** Returns the bytes of the runs. */
  public long bytes() {
    return runs.stream().mapToLong(RunSummary::bytes).sum();
  }

  /** Returns what {@link #execute} would do if nothing changed meanwhile. */
  public Result planned() {
    return new Result(0, runs.stream().map(RunSummary::id).toList(), bytes(), kept);
  }

  /** Deletes the runs. A run that has changed since it was read is kept. */
  public Result execute() {
    List<String> deleted = new ArrayList<>();
    Map<String, String> left = new LinkedHashMap<>(kept);
    int exitCode = 0;
    long bytes = 0;
    for (RunSummary run : runs) {
      Optional<UserException> failure = delete(run);
      if (failure.isEmpty()) {
        deleted.add(run.id());
        bytes += run.bytes();
      } else {
        left.put(run.id(), failure.get().getMessage());
        int code = failure.get().code().exitCode();
        exitCode = exitCode == 0 ? code : Math.min(exitCode, code);
      }
    }
    return new Result(exitCode, List.copyOf(deleted), bytes, left);
  }

  private static Optional<UserException> delete(RunSummary run) {
    try {
      boolean deleted =
          RunDeletion.delete(
              run.directory(),
              found -> found.isBeingDeleted() || found.status().equals(run.status()));
      return deleted
          ? Optional.empty()
          : Optional.of(
              new UserException(ErrorCode.RUN_BUSY, "it was continued or deleted meanwhile"));
    } catch (UserException e) {
      return Optional.of(e);
    }
  }
}
