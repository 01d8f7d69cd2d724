package io.meanfield.store;

import io.meanfield.error.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that has taken the lease of a run and has not released it, to show it.
 *
 * @param host {@code unknown} if the entry of the lease is damaged
 * @param pid 0 if the entry is damaged
 * @param alive whether it still works on the run; if not, the next process takes the lease
 */
public record RunHolder(String host, long pid, boolean alive) {
  private static final RunHolder UNKNOWN = new RunHolder("unknown", 0, true);
  private static final Duration RECENT = Duration.ofMinutes(2); // 12 heartbeats; clocks differ

  /**
   * Returns the holder of a run; empty if no process holds it. Takes no lease: a process whose id
   * tells nothing here, such as one on another host, counts as alive if the file system has stored
   * a heartbeat within two minutes.
   */
  public static Optional<RunHolder> of(RunDirectory run) {
    LeaseEntries entries = LeaseEntries.of(run);
    try {
      long newest = entries.newest();
      return newest == 0 || entries.isReleased(newest) || !entries.exists(newest)
          ? Optional.empty()
          : Optional.of(of(entries, newest));
    } catch (UserException unreadable) {
      return Optional.of(UNKNOWN);
    }
  }

  private static RunHolder of(LeaseEntries entries, long number) {
    Optional<LeaseHolder> holder = entries.holder(number);
    boolean alive =
        switch (holder.map(LeaseHolder::state).orElse(LeaseHolder.State.UNKNOWN)) {
          case ALIVE -> true;
          case DEAD -> false;
          case UNKNOWN -> entries.hasBeatenSince(number, Instant.now().minus(RECENT));
        };
    return holder
        .map(known -> new RunHolder(known.host(), known.pid(), alive))
        .orElseGet(() -> new RunHolder(UNKNOWN.host, UNKNOWN.pid, alive));
  }

  @Override
  public String toString() {
    return pid == UNKNOWN.pid ? "an unknown process" : "process " + pid + " on " + host;
  }
}
