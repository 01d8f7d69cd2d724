package io.meanfield.store;

import io.meanfield.error.UserException;
import io.meanfield.store.file.Fence;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
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
    this.entries = LeaseEntries.of(run.withFence(this::requireNewest));
    this.number = number;
    this.timeout = timeout;
    // Three in this time; a bucket that keeps versions keeps each of them.
    this.heartbeatTask =
        scheduler.scheduleWithFixedDelay(
            this::writeHeartbeat, 0, timeout.toMillis() / 3, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lease of a run, also from a dead holder.
   *
   * @throws UserException if a living process holds the lease, or if a file has its name
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
    LeaseEntries entries = LeaseEntries.of(run);
    entries.requireDirectory();
    // Asked first: who asked after another process has taken the lease would create one more entry.
    long next = entries.next();
    long newest = entries.newest();
    if (newest > 0 && !entries.isReleased(newest)) {
      entries.requireDead(newest, timeout, nanoTime);
    }
    if (!entries.claim(next)) {
      throw entries.busy("another process took it at this moment");
    }
    return new Lease(run, next, timeout);
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
      throw entries.gone();
    }
    if (newest != number) {
      throw entries.busy("it was taken over from this process, which must have been paused");
    }
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
    entries.forget(number);
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
}
