package io.meanfield.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.Path;

/**
 * Who may write to a run: numbered entries under {@code lease/}, the newest one holds. A holder is
 * dead when its process is gone from this host, or when its heartbeat, a counter, has not changed
 * over {@link #TIMEOUT} of the watcher's own clock; modification times and other hosts' clocks
 * decide nothing. A holder that was paused and taken over finds the newer entry before it writes
 * again, because what it writes goes through {@link #run()}.
 */
public final class Lease implements Fence, AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(500);

  // The entries of this process. An entry that it has given up without being able to record that,
  // on a full disk, is not among them.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** The content of an entry; {@link LeaseHolder} reads its part. */
  private record Entry(@JsonUnwrapped LeaseHolder holder, Instant taken) {}

  /** The content of a heartbeat file. */
  private record Heartbeat(long beats) {}

  /** The content of the file that records that a lease was given up. */
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
   * Takes the run, from a dead holder if need be.
   *
   * @throws UserException if a living process holds it
   */
  public static Lease take(RunDirectory run) {
    return take(run, TIMEOUT);
  }

  static Lease take(RunDirectory run, Duration patience) {
    long newest = newest(run);
    if (newest > 0 && !isReleased(run, newest)) {
      requireDead(run, newest, patience);
    }
    Entry own = new Entry(LeaseHolder.thisProcess(), Instant.now());
    if (!run.withFence(Fence.OPEN).putIfAbsent(entry(newest + 1), Json.content(own))) {
      throw busy(run, "another process took it at this moment");
    }
    return new Lease(run, newest + 1);
  }

  /** The run, for writing: every change asks this lease first. */
  public RunDirectory run() {
    return run;
  }

  /**
   * Throws if another process has taken the run over. Between this question and a change of a file
   * a process can still be paused; what it then changes is what the next holder writes as well,
   * because runs have the same bits.
   */
  @Override
  public synchronized void requireHeld() {
    if (closed) {
      throw new IllegalStateException("this process has given run " + run.id() + " up");
    }
    requireNewest();
  }

  // Not while the lease is given up: after that, no file is written.
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
    } catch (UserException missed) {
      // The disk is full or the file system away: the next beat may succeed. If none does, or none
      // may because the run was taken over, the fence stands.
    }
  }

  /** Lets the next process take the run without waiting; once, and unless it was taken over. */
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
    } catch (UserException unwritten) {
      // The next process finds this one gone, or its heart standing still.
    }
  }

  // What is released is not written to any more.
  private void awaitLastHeartbeat() {
    try {
      if (!scheduler.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the last heartbeat of run " + run.id() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireDead(RunDirectory run, long holder, Duration patience) {
    Optional<LeaseHolder> owner = run.read(entry(holder), LeaseHolder.class);
    if (owner.filter(o -> o.isDead() || isGivenUp(run, holder, o)).isPresent()) {
      return;
    }
    String busy =
        owner.map(LeaseHolder::toString).orElse("an unknown process") + " is at work on it";
    if (owner.filter(LeaseHolder::isOnThisHost).isPresent()) {
      throw busy(run, busy);
    }
    Optional<Heartbeat> before = run.read(heartbeat(holder), Heartbeat.class);
    long began = System.nanoTime();
    while (System.nanoTime() - began < patience.toNanos()) {
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

  // The heartbeat of another host can only be watched.
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lease", e);
    }
  }

  private static UserException busy(RunDirectory run, String why) {
    return new UserException(
        ErrorCode.RUN_BUSY,
        "run "
            + run.id()
            + " belongs to another process: "
            + why
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
