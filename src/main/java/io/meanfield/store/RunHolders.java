package io.meanfield.store;

import io.meanfield.error.UserException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Finds the processes that work on runs, to show them: no lease is taken. A process whose id tells
 * nothing here, such as one on another host, is alive if its heartbeat changes within {@link
 * Lease#TIMEOUT}, as for a process that waits for the lease; all runs are watched at once.
 */
public final class RunHolders {
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final Map<RunDirectory, RunHolder> holders = new HashMap<>();
  private final Map<RunDirectory, Watched> watched = new HashMap<>();

  /** A holder of which only the heartbeat tells whether it is alive. */
  private record Watched(
      LeaseEntries entries, long number, RunHolder holder, Optional<String> heartbeat) {
    boolean isReleased() {
      return entries.isReleased(number);
    }

    boolean hasBeaten() {
      return !entries.heartbeat(number).equals(heartbeat);
    }
  }

  private RunHolders(Duration timeout, LongSupplier nanoTime) {
    this.timeout = timeout;
    this.nanoTime = nanoTime;
  }

  /** Returns the holders of these runs; a run that no process holds has none. */
  public static Map<RunDirectory, RunHolder> of(List<RunDirectory> runs) {
    return of(runs, Lease.TIMEOUT, System::nanoTime);
  }

  static Map<RunDirectory, RunHolder> of(
      List<RunDirectory> runs, Duration timeout, LongSupplier nanoTime) {
    RunHolders found = new RunHolders(timeout, nanoTime);
    runs.forEach(run -> found.orUnknown(run, () -> found.find(run)));
    if (!found.watched.isEmpty()) {
      found.watch();
    }
    return found.holders;
  }

  private void orUnknown(RunDirectory run, Runnable reading) {
    try {
      reading.run();
    } catch (UserException unreadable) {
      watched.remove(run);
      holders.put(run, RunHolder.of(Optional.empty(), true));
    }
  }

  private void find(RunDirectory run) {
    LeaseEntries entries = new LeaseEntries(run);
    long newest = entries.newest();
    if (newest > 0 && !entries.isReleased(newest) && entries.exists(newest)) {
      Optional<LeaseHolder> holder = entries.holder(newest);
      switch (holder.map(LeaseHolder::state).orElse(LeaseHolder.State.UNKNOWN)) {
        case ALIVE -> holders.put(run, RunHolder.of(holder, true));
        case DEAD -> holders.put(run, RunHolder.of(holder, false));
        case UNKNOWN -> watch(entries, newest, RunHolder.of(holder, true));
      }
    }
  }

  private void watch(LeaseEntries entries, long number, RunHolder holder) {
    if (entries.isLongAgo(number)) {
      holders.put(entries.run(), holder.withAlive(false));
    } else {
      watched.put(entries.run(), new Watched(entries, number, holder, entries.heartbeat(number)));
    }
  }

  private void watch() {
    long start = nanoTime.getAsLong();
    while (!watched.isEmpty() && nanoTime.getAsLong() - start < timeout.toNanos()) {
      Lease.pause();
      Map.copyOf(watched).forEach((run, holder) -> orUnknown(run, () -> look(run, holder)));
    }
    watched.forEach((run, holder) -> holders.put(run, holder.holder().withAlive(false)));
  }

  private void look(RunDirectory run, Watched holder) {
    if (holder.isReleased()) {
      watched.remove(run);
    } else if (holder.hasBeaten()) {
      watched.remove(run);
      holders.put(run, holder.holder().withAlive(true));
    }
  }
}
