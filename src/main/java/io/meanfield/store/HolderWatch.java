package io.meanfield.store;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Watches the process that works on a run. Takes no lease and never waits. A process that cannot be
 * looked up here, such as one on another host, counts as alive until its heartbeat has not changed
 * for {@link Lease#TIMEOUT}. Driver only.
 */
public final class HolderWatch {
  private final LeaseEntries entries;
  private final LongSupplier nanoTime;
  private Optional<Beat> newest = Optional.empty();

  /**
   * A heartbeat that was seen.
   *
   * @param number the number of the lease
   * @param nanos the clock of this process when the heartbeat was seen first
   */
  private record Beat(long number, Optional<String> heartbeat, long nanos) {}

  /** Watches a run on the clock of this process. */
  public HolderWatch(RunDirectory run) {
    this(run, System::nanoTime);
  }

  HolderWatch(RunDirectory run, LongSupplier nanoTime) {
    this.entries = new LeaseEntries(run);
    this.nanoTime = nanoTime;
  }

  /** Returns the process that has taken the lease and has not released it. */
  public Optional<RunHolder> look() {
    long number = entries.newest();
    if (number == 0 || entries.isReleased(number) || !entries.exists(number)) {
      newest = Optional.empty();
      return Optional.empty();
    }
    Optional<LeaseHolder> holder = entries.holder(number);
    boolean alive =
        switch (holder.map(LeaseHolder::state).orElse(LeaseHolder.State.UNKNOWN)) {
          case ALIVE -> true;
          case DEAD -> false;
          case UNKNOWN -> hasBeaten(number);
        };
    return Optional.of(RunHolder.of(holder, alive));
  }

  private boolean hasBeaten(long number) {
    long now = nanoTime.getAsLong();
    Optional<String> heartbeat = entries.heartbeat(number);
    Optional<Beat> seen =
        newest.filter(beat -> beat.number() == number && beat.heartbeat().equals(heartbeat));
    if (seen.isPresent()) {
      return now - seen.get().nanos() < Lease.TIMEOUT.toNanos();
    }
    boolean isFirstLook = newest.isEmpty();
    boolean beats = !isFirstLook || !entries.isLongAgo(number);
    newest = Optional.of(new Beat(number, heartbeat, beats ? now : now - Lease.TIMEOUT.toNanos()));
    return beats;
  }
}
