package io.meanfield.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.Fence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one process to write to a run. Leases are numbered entries under {@code lease/}; the
 * process of the newest entry holds the run. A holder whose process id is valid for this process as
 * well, see {@link LeaseHolder#state()}, is dead if its process no longer exists. Any other one,
 * such as one on another host, in another container or of a damaged entry, is dead if its
 * heartbeat, a counter, has not changed for {@link #TIMEOUT} on the clock of the process that
 * waits. Modification times and the clocks of other hosts are not used.
 *
 * <p>A holder that was paused and replaced finds the newer entry before it writes again, because it
 * writes through {@link #run()}, which checks the lease.
 */
public final class Lease implements Fence, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int POLLS = (int) TIMEOUT.dividedBy(POLL);

  // The entries that this process holds or is creating. A closed lease is not among them, even if
  // its release could not be recorded because the disk was full.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /**
   * The content of an entry. A reader needs only the part of {@link LeaseHolder}.
   *
   * @param token makes every entry unique, so that a process recognises its own if the file system
   *     reports an error after it has written the entry
   */
  private record Entry(@JsonUnwrapped LeaseHolder holder, Instant taken, String token) {}

  private final RunDirectory run;
  private final LeaseEntries entries;
  private final long number;
  private final Duration timeout;
  private final ChangesInFlight changes = new ChangesInFlight();
  private final AtomicLong heartbeats = new AtomicLong();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "meanfield-lease");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> heartbeatTask;

  private Lease(RunDirectory run, long number, Duration timeout) {
    this.run = run.withFence(this);
    this.entries = new LeaseEntries(run.withFence(this::requireNewest));
    this.number = number;
    this.timeout = timeout;
    this.heartbeatTask =
        scheduler.scheduleWithFixedDelay(
            this::writeHeartbeat, 0, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lease of a run, also from a dead holder.
   *
   * @throws UserException if a living process holds the lease
   */
  public static Lease take(RunDirectory run) {
    return take(run, TIMEOUT, System::nanoTime);
  }

  /**
   * Takes the lease of a run.
   *
   * @param timeout how long another holder's heartbeat must not change, and how long {@link
   *     #close()} waits for the changes and the last heartbeat of this one
   * @param nanoTime the clock by which another holder's heartbeat is watched
   */
  static Lease take(RunDirectory run, Duration timeout, LongSupplier nanoTime) {
    LeaseEntries entries = new LeaseEntries(run);
    // Asked first: who asked after another process has taken the lease would create one more entry.
    long next = entries.next();
    long newest = entries.newest();
    if (newest > 0 && !entries.isReleased(newest)) {
      requireDead(entries, newest, timeout, nanoTime);
    }
    if (!create(entries, next)) {
      throw busy(run, "another process took it at this moment");
    }
    return new Lease(run, next, timeout);
  }

  /**
   * Returns whether this call has created the entry. The entry is among the held ones before it
   * exists: another thread of this process must not find it and think that its lease is closed.
   */
  private static boolean create(LeaseEntries entries, long number) {
    if (!HELD.add(entries.path(number))) {
      return false; // another thread holds it or is creating it
    }
    boolean created = false;
    try {
      Entry own = new Entry(LeaseHolder.thisProcess(), Instant.now(), UUID.randomUUID().toString());
      created = entries.withFence(Fence.OPEN).create(number, own);
      return created;
    } finally {
      if (!created) {
        HELD.remove(entries.path(number));
      }
    }
  }

  /** Returns the run for writing. Every change checks this lease first. */
  public RunDirectory run() {
    return run;
  }

  /**
   * Throws if another process has taken the run over. This process can still be paused between this
   * check and a change of a file. The change is then harmless, because training is deterministic
   * and the next holder writes the same bits.
   */
  @Override
  public void requireHeld() {
    if (changes.isClosed()) {
      throw released();
    }
    requireNewest();
  }

  // The release of the lease waits for the change; other changes do not.
  @Override
  public boolean whileHeld(Change change) throws IOException {
    if (!changes.begin()) {
      throw released();
    }
    try {
      requireNewest();
      return change.make();
    } finally {
      if (changes.end()) {
        endHeartbeatAndRelease(timeout);
      }
    }
  }

  private IllegalStateException released() {
    return new IllegalStateException("this process has released the lease of run " + run.id());
  }

  private void requireNewest() {
    long newest = entries.newest();
    if (newest == 0) {
      throw gone();
    }
    if (newest != number) {
      throw busy(run, "it was taken over from this process, which must have been paused");
    }
  }

  private UserException gone() {
    return new UserException(
        ErrorCode.STORE_UNWRITABLE,
        "run "
            + run.id()
            + " cannot go on, because "
            + run.display()
            + "/"
            + LeaseEntries.DIRECTORY
            + " is gone: somebody has deleted or moved it while this process worked on the run;"
            + " restore the directory, or run the same command again");
  }

  // Catches everything, because the scheduler stops after an exception, although the next heartbeat
  // may succeed. If none succeeds, or if the run was taken over, the fence refuses further writes.
  void writeHeartbeat() {
    try {
      entries.beat(number, heartbeats.incrementAndGet());
    } catch (UserException failed) { // the disk is full or the file system is unavailable
      LOG.debug("no heartbeat of run {}: {}", run.id(), failed.getMessage());
    } catch (Throwable failed) {
      LOG.warn("no heartbeat of run {}", run.id(), failed);
    }
  }

  /**
   * Releases the lease, so that the next process takes the run without waiting. Further calls have
   * no effect. If the last heartbeat does not end, the lease is not released, and the next process
   * waits. If a change does not end, the lease is held until it does, or until this process ends.
   */
  @Override
  public void close() {
    close(timeout);
  }

  /**
   * Releases the lease as {@link #close()} does.
   *
   * @param patience how long to wait for the changes that are being made, and for the last
   *     heartbeat
   */
  public void close(Duration patience) {
    if (!changes.close()) {
      return;
    }
    long began = System.nanoTime();
    if (changes.awaitEnd(patience)) {
      endHeartbeatAndRelease(patience.minusNanos(System.nanoTime() - began));
    } else {
      LOG.warn("a write to run {} does not end, so its lease is not released", run.id());
    }
  }

  /**
   * Ends the lease without the record of a release, so that no file is written any more; for a run
   * whose lease is deleted next.
   */
  void abandon() {
    if (changes.close() && changes.awaitEnd(timeout)) {
      endHeartbeat(timeout);
    }
  }

  // Nothing may be written after the release.
  private void endHeartbeatAndRelease(Duration patience) {
    if (endHeartbeat(patience)) {
      release();
    }
  }

  /** Returns whether the last heartbeat is over. */
  private boolean endHeartbeat(Duration patience) {
    heartbeatTask.cancel(false);
    scheduler.shutdown();
    boolean isOver = isLastHeartbeatOver(patience);
    HELD.remove(entries.path(number));
    return isOver;
  }

  private void release() {
    try {
      entries.release(number);
    } catch (UserException failed) {
      // The next process finds this process dead or its heartbeat unchanged.
    }
  }

  private boolean isLastHeartbeatOver(Duration patience) {
    try {
      if (scheduler.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      LOG.warn("the last heartbeat of run {} does not end, so its lease is not released", run.id());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true; // a heartbeat takes milliseconds, and the next process must not have to wait
    }
  }

  private static void requireDead(
      LeaseEntries entries, long holder, Duration timeout, LongSupplier nanoTime) {
    Optional<LeaseHolder> owner = entries.holder(holder);
    if (owner.filter(LeaseHolder::isThisProcess).isPresent()
        && !HELD.contains(entries.path(holder))) {
      return; // this process has closed that lease
    }
    String busy =
        owner
                .map(LeaseHolder::toString)
                .orElseGet(
                    () ->
                        "an unknown process, whose entry "
                            + entries.display(holder)
                            + " is damaged,")
            + " is working on it";
    switch (owner.map(LeaseHolder::state).orElse(LeaseHolder.State.UNKNOWN)) {
      case ALIVE -> throw busy(entries.run(), busy);
      case DEAD -> {}
      case UNKNOWN -> requireNoHeartbeat(entries, holder, timeout, nanoTime, busy);
    }
  }

  private static void requireNoHeartbeat(
      LeaseEntries entries, long holder, Duration timeout, LongSupplier nanoTime, String busy) {
    Optional<String> before = entries.heartbeat(holder);
    long start = nanoTime.getAsLong();
    while (nanoTime.getAsLong() - start < timeout.toNanos()) {
      pause(timeout.dividedBy(POLLS));
      if (entries.isReleased(holder)) {
        return;
      }
      if (!entries.heartbeat(holder).equals(before)) {
        throw busy(entries.run(), busy);
      }
    }
  }

  private static void pause(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lease", e);
    }
  }

  static UserException busy(RunDirectory run, String reason) {
    return new UserException(
        ErrorCode.RUN_BUSY,
        "run "
            + run.id()
            + " belongs to another process: "
            + reason
            + "; wait for it, or choose another --run-id");
  }
}
