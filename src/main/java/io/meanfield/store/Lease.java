package io.meanfield.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who may write to a run: numbered entries under {@code lease/}, the newest one holds. A holder is
 * dead when its process is gone from this host, or when its heartbeat, a counter, has not changed
 * over {@link #PATIENCE} of the watcher's own clock; modification times and other hosts' clocks
 * decide nothing. A holder that was paused and taken over finds the newer entry before it writes
 * again, see {@link #requireHeld()}.
 */
public final class Lease implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BEAT = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final RunDirectory run;
  private final long number;
  private final AtomicLong beats = new AtomicLong();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "meanfield-lease");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> pulse;

  private Lease(RunDirectory run, long number) {
    this.run = run;
    this.number = number;
    this.pulse =
        heart.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the run, from a dead holder if need be.
   *
   * @throws Complaint if a living process holds it
   */
  public static Lease take(RunDirectory run) {
    return take(run, PATIENCE);
  }

  static Lease take(RunDirectory run, Duration patience) {
    long newest = newest(run);
    if (newest > 0 && !isReleased(run, newest)) {
      requireDead(run, newest, patience);
    }
    if (!run.putIfAbsent(entry(newest + 1), json(owner()))) {
      throw busy(run, "another process took it at this moment");
    }
    return new Lease(run, newest + 1);
  }

  /**
   * Throws if another process has taken the run over; ask before every write that others would see.
   */
  public void requireHeld() {
    if (newest(run) != number) {
      throw busy(run, "it was taken over from this process, which must have been paused");
    }
  }

  private void beat() {
    run.replace(heartbeat(number), json(Map.of("beats", beats.incrementAndGet())));
  }

  /** Lets the next process take the run without waiting. */
  @Override
  public void close() {
    pulse.cancel(false);
    heart.shutdown();
    awaitLastBeat();
    run.putIfAbsent(released(number), json(Map.of("released", true)));
  }

  // What is released is not written to any more.
  private void awaitLastBeat() {
    try {
      if (!heart.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the last heartbeat of run " + run.id() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireDead(RunDirectory run, long holder, Duration patience) {
    Config owner = run.read(entry(holder)).orElseGet(ConfigFactory::empty);
    if (isGoneFromThisHost(owner)) {
      return;
    }
    String who =
        owner.isEmpty()
            ? "an unknown process"
            : "process " + owner.getLong("pid") + " on " + owner.getString("host");
    if (isOnThisHost(owner)) {
      throw busy(run, who + " is at work on it");
    }
    Optional<Config> before = run.read(heartbeat(holder));
    long began = System.nanoTime();
    while (System.nanoTime() - began < patience.toNanos()) {
      pause();
      if (isReleased(run, holder)) {
        return;
      }
      if (!run.read(heartbeat(holder)).equals(before)) {
        throw busy(run, who + " is at work on it");
      }
    }
  }

  // The heartbeat of another host can only be watched.
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a lease", e);
    }
  }

  private static boolean isOnThisHost(Config owner) {
    return !owner.isEmpty() && owner.getString("host").equals(host());
  }

  private static boolean isGoneFromThisHost(Config owner) {
    return isOnThisHost(owner)
        && ProcessHandle.of(owner.getLong("pid"))
            .filter(process -> startedAt(process).equals(owner.getString("process_started")))
            .isEmpty();
  }

  private static Map<String, Object> owner() {
    ProcessHandle me = ProcessHandle.current();
    return Map.of(
        "host",
        host(),
        "pid",
        me.pid(),
        "process_started",
        startedAt(me),
        "taken",
        Instant.now().toString());
  }

  // A process number is used again after a while; together with its start it is not.
  private static String startedAt(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private static String host() {
    try {
      return java.net.InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      return "unknown host";
    }
  }

  private static Complaint busy(RunDirectory run, String why) {
    return new Complaint(
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
    return run.read(released(number)).isPresent();
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

  private static AtomicFiles.Content json(Map<String, Object> entries) {
    byte[] text = Manifest.render(ConfigFactory.parseMap(entries)).getBytes(StandardCharsets.UTF_8);
    return out -> out.write(text);
  }
}
