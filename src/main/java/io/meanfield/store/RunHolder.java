package io.meanfield.store;

import java.util.Optional;

/**
 * The process that has taken the lease of a run and has not released it.
 *
 * @param host {@code unknown} if the entry of the lease is damaged
 * @param pid 0 if the entry is damaged
 * @param alive whether it still works on the run; if not, the next process takes the lease
 */
public record RunHolder(String host, long pid, boolean alive) {
  private static final long UNKNOWN = 0;

  /** Describes a holder; empty if its entry is damaged. */
  static RunHolder of(Optional<LeaseHolder> holder, boolean alive) {
    return holder
        .map(known -> new RunHolder(known.host(), known.pid(), alive))
        .orElseGet(() -> new RunHolder("unknown", UNKNOWN, alive));
  }

  RunHolder withAlive(boolean isAlive) {
    return new RunHolder(host, pid, isAlive);
  }

  @Override
  public String toString() {
    return pid == UNKNOWN ? "an unknown process" : "process " + pid + " on " + host;
  }
}
