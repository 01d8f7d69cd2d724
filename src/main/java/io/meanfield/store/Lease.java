package io.meanfield.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
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
import org.apache.hadoop.fs.Path;

/**
 * The right of one process to write to a run. Leases are numbered entries under {@code lease/}; the
 * process of the newest entry holds the run. A holder is dead if its process no longer exists on
 * this host, or if its heartbeat, a counter, has not changed for {@link #TIMEOUT} on the clock of
 * the process that waits. Modification times and the clocks of other hosts are not used.
 *
 * <p>A holder that was paused and replaced finds the newer entry before it writes again, because it
 * writes through {@link #run()}, which checks the lease.
 */
public final class Lease implements Fence, AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(500);

  // The entries that this process holds. A closed lease is not among them, even if its release
  // could
  // not be recorded because the disk was full.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /**
   * The content of an entry. A reader needs only the part of {@link LeaseHolder}.
   *
   * @param token makes every entry unique, so that a process recognises its own if the file system
   *     reports an error after it has written the entry
   */
  private record Entry(@JsonUnwrapped LeaseHolder holder, Instant taken, String token) {}

  /** The content of a heartbeat file. */
  private record Heartbeat(long beats) {}

  /** The content of the file that records the release of a lease. */
  private record Release(boolean released) {}

  private final RunDirectory run;
  private final RunDirectory entries;
  private final long number;
  private final AtomicLong heartbeats = new AtomicLong();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "meanfield-lease");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> heartbeatTask;

  private boolean closed;

  private Lease(RunDirectory run, long number) {
    this.run = run.withFence(this);
    this.entries = run.withFence(this::requireNewest);
    this.number = number;
    HELD.add(run.path(entry(number)));
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
    return take(run, TIMEOUT);
  }

  static Lease take(RunDirectory run, Duration timeout) {
    long newest = newest(run);
    if (newest > 0 && !isReleased(run, newest)) {
      requireDead(run, newest, timeout);
    }
    Entry own = new Entry(LeaseHolder.thisProcess(), Instant.now(), UUID.randomUUID().toString());
    if (!run.withFence(Fence.OPEN).putIfAbsent(entry(newest + 1), Json.content(own))) {
      throw busy(run, "another process took it at this moment");
    }
    return new Lease(run, newest + 1);
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
  public synchronized void requireHeld() {
    if (closed) {
      throw new IllegalStateException("this process has released the lease of run " + run.id());
    }
    requireNewest();
  }

  // Synchronized with close(), after which no file may be written.
  @Override
  public synchronized boolean whileHeld(Change change) throws IOException {
    return Fence.super.whileHeld(change);
  }

  private void requireNewest() {
    if (newest(run) != number) {
      throw busy(run, "it was taken over from this process, which must have been paused");
    }
  }

  private void writeHeartbeat() {
    try {
      entries.replace(heartbeat(number), Json.content(new Heartbeat(heartbeats.incrementAndGet())));
    } catch (UserException failed) {
      // The disk is full or the file system is unavailable, and the next heartbeat may succeed. If
      // none succeeds, or if the run was taken over, the fence stops this process from writing.
    }
  }

  /**
   * Releases the lease, so that the next process takes the run without waiting. Further calls have
   * no effect.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    heartbeatTask.cancel(false);
    scheduler.shutdown();
    awaitLastHeartbeat();
    HELD.remove(run.path(entry(number)));
    release();
  }

  private void release() {
    try {
      entries.putIfAbsent(released(number), Json.content(new Release(true)));
    } catch (UserException failed) {
      // The next process finds this process dead or its heartbeat unchanged.
    }
  }

  // Nothing may be written after the release.
  private void awaitLastHeartbeat() {
    try {
      if (!scheduler.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the last heartbeat of run " + run.id() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireDead(RunDirectory run, long holder, Duration timeout) {
    Optional<LeaseHolder> owner = run.read(entry(holder), LeaseHolder.class);
    if (owner.filter(o -> o.isDead() || isGivenUp(run, holder, o)).isPresent()) {
      return;
    }
    String busy =
        owner.map(LeaseHolder::toString).orElse("an unknown process") + " is working on it";
    if (owner.filter(LeaseHolder::isOnThisHost).isPresent()) {
      throw busy(run, busy);
    }
    Optional<Heartbeat> before = run.read(heartbeat(holder), Heartbeat.class);
    long start = System.nanoTime();
    while (System.nanoTime() - start < timeout.toNanos()) {
      pause();
      if (isReleased(run, holder)) {
        return;
      }
      if (!run.read(heartbeat(holder), Heartbeat.class).equals(before)) {
        throw busy(run, busy);
      }
    }
  }

  private static boolean isGivenUp(RunDirectory run, long holder, LeaseHolder owner) {
    return owner.equals(LeaseHolder.thisProcess()) && !HELD.contains(run.path(entry(holder)));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lease", e);
    }
  }

  private static UserException busy(RunDirectory run, String reason) {
    return new UserException(
        ErrorCode.RUN_BUSY,
        "run "
            + run.id()
            + " belongs to another process: "
            + reason
            + "; wait for it, or choose another --run-id");
  }

  private static long newest(RunDirectory run) {
    return run.list("lease").stream()
        .filter(name -> name.endsWith(".json"))
        .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
        .max()
        .orElse(0);
  }

  private static boolean isReleased(RunDirectory run, long number) {
    return run.exists(released(number));
  }

  private static String entry(long number) {
    return String.format("lease/%06d.json", number);
  }

  private static String heartbeat(long number) {
    return String.format("lease/%06d.heartbeat", number);
  }

  private static String released(long number) {
    return String.format("lease/%06d.released", number);
  }
}
