package io.meanfield.pipeline.housekeeping;

import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files of a run say.
 *
 * @param manifest without entries if the run is being deleted and has none any more
 * @param heartbeat when a process has last worked on the run
 */
record RunFiles(
    RunDirectory directory,
    Manifest manifest,
    Optional<Status> status,
    boolean beingDeleted,
    Optional<Instant> heartbeat,
    long bytes)
    implements RunEntry {

  static RunEntry read(RunDirectory run) {
    try {
      boolean beingDeleted = run.isBeingDeleted();
      return beingDeleted || run.isRun()
          ? read(run, beingDeleted)
          : new UnreadableRun(run.display(), "it is not a run: it has no run.json");
    } catch (UserException unreadable) {
      return new UnreadableRun(run.display(), unreadable.getMessage());
    }
  }

  private static RunFiles read(RunDirectory run, boolean beingDeleted) {
    return new RunFiles(
        run,
        beingDeleted && !run.exists(RunDirectory.MANIFEST) ? Manifest.of(Map.of()) : run.manifest(),
        run.status(),
        beingDeleted,
        run.lastHeartbeat(),
        run.usage().bytes());
  }

  /** Returns whether its status tells the state of the run, whatever process holds it. */
  boolean hasEnded() {
    return status.filter(found -> found.state() != Status.State.RUNNING).isPresent();
  }

  RunSummary summary(Optional<RunHolder> holder, List<RunVersion> versions) {
    return new RunSummary(
        directory,
        manifest,
        beingDeleted ? RunState.DELETING : RunState.of(status, holder),
        status,
        holder,
        status.flatMap(Status::finished).or(() -> heartbeat).orElse(Instant.EPOCH),
        bytes,
        versions);
  }
}
