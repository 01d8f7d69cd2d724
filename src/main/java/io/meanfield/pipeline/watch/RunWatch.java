package io.meanfield.pipeline.watch;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Follows a run by reading its records again and again. It takes no lease and writes nothing, so it
 * works for a run on any file system, whose process is on any host or dead.
 */
public final class RunWatch {
  private final RunDirectory run;
  private final Supplier<Optional<RunHolder>> holders;
  // Kept until they are returned: a reading may fail after it has found some.
  private final List<RunEvent> events = new ArrayList<>();
  private int epoch;
  private Optional<Instant> attempt = Optional.empty();
  private boolean silent;

  /**
   * Creates a watch that has seen nothing.
   *
   * @param holders looks for the process that works on the run
   */
  public RunWatch(RunDirectory run, Supplier<Optional<RunHolder>> holders) {
    this.run = run;
    this.holders = holders;
  }

  /**
   * Returns what has happened since the last call, in order. After {@link RunEvent.Ended} nothing
   * follows.
   *
   * @throws io.meanfield.error.UserException if a file of the run cannot be read; the next call
   *     returns what this one would have returned
   */
  public List<RunEvent> poll() {
    look();
    List<RunEvent> found = List.copyOf(events);
    events.clear();
    return found;
  }

  private void look() {
    Optional<RunHolder> holder = holders.get();
    // Before the epochs, so that those of a run that has ended are complete.
    Optional<Status> status = run.status();
    status.filter(found -> !hasEnded(found)).ifPresent(this::begin);
    end(RecordedEpoch.after(run, epoch));
    boolean alive = holder.filter(RunHolder::alive).isPresent();
    if (status.filter(found -> isFinal(found, alive)).isPresent()) {
      events.add(new RunEvent.Ended(status.get()));
    } else {
      listen(alive, status);
    }
  }

  private static boolean hasEnded(Status status) {
    return status.state() != Status.State.RUNNING;
  }

  // A process that repeats a failed run holds the lease before it writes that the run is running.
  private static boolean isFinal(Status status, boolean alive) {
    return hasEnded(status) && (status.state() == Status.State.SUCCEEDED || !alive);
  }

  private void begin(Status running) {
    if (!attempt.equals(Optional.of(running.started()))) {
      events.add(new RunEvent.Began(running.started(), PlannedEpochs.of(run.manifest())));
      attempt = Optional.of(running.started());
    }
  }

  private void end(List<RecordedEpoch> epochs) {
    if (epochs.isEmpty()) {
      return;
    }
    int planned = PlannedEpochs.of(run.manifest());
    for (RecordedEpoch recorded : epochs) {
      epoch = recorded.result().epoch();
      events.add(new RunEvent.EpochEnded(recorded.result(), planned));
    }
  }

  private void listen(boolean alive, Optional<Status> read) {
    if (alive == !silent) {
      return;
    }
    // Looks again, because a process may have begun or ended the run between the two readings.
    Optional<RunHolder> holder = holders.get();
    if (holder.filter(RunHolder::alive).isPresent() != alive || !run.status().equals(read)) {
      return;
    }
    events.add(
        alive
            ? new RunEvent.Alive(holder.orElseThrow())
            : new RunEvent.Silent(holder, run.lastHeartbeat()));
    silent = !alive;
  }
}
