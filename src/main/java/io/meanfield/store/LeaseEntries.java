package io.meanfield.store;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * The files under {@code lease/} of a run: for each holder, by number, its entry, its heartbeat and
 * its release.
 */
final class LeaseEntries {
  static final String DIRECTORY = "lease";
  private static final int POLLS = 60;
  // The entries that this process holds or is creating. A closed lease is not among them, even if
  // its release could not be recorded because the disk was full.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  // Others are no entries, such as files that a person or a tool has put there.
  private static final Pattern ENTRY = Pattern.compile("(\\d{6,9})\\.json");
  private static final Pattern ENTRY_OR_RELEASE = Pattern.compile("(\\d{6,9})\\.(?:json|released)");

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

  private LeaseEntries(RunDirectory run) {
    this.run = run;
  }

  static LeaseEntries of(RunDirectory run) {
    return new LeaseEntries(run);
  }

  /**
   * Throws if something else has the name of the directory, in which no process can create an
   * entry. Other file systems than the local one say so themselves.
   */
  void requireDirectory() {
    boolean isTaken =
        run.local(DIRECTORY)
            .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            .filter(file -> !Files.isDirectory(file))
            .isPresent();
    if (isTaken) {
      throw UserException.of(
          ErrorCode.STORE_UNREADABLE,
          "run %s cannot be changed, because %s is no directory, expected one with entries of the"
              + " processes that work on the run; delete it",
          run.id(),
          run.display(DIRECTORY));
    }
  }

  /** Returns the number of the newest entry; 0 if there is none. */
  long newest() {
    return newest(ENTRY);
  }

  /**
   * Returns the number of the next entry. It is larger than that of a release whose entry is gone,
   * because the next holder's lease would count as released.
   */
  long next() {
    return newest(ENTRY_OR_RELEASE) + 1;
  }

  private long newest(Pattern names) {
    return run.list(DIRECTORY).stream()
        .map(names::matcher)
        .filter(Matcher::matches)
        .mapToLong(name -> Long.parseLong(name.group(1)))
        .max()
        .orElse(0);
  }

  /**
   * Returns whether this call has created the entry. The entry is among the held ones before it
   * exists: another thread of this process must not find it and think that its lease is closed.
   */
  boolean claim(long number) {
    if (!HELD.add(path(number))) {
      return false; // another thread holds it or is creating it
    }
    boolean created = false;
    try {
      Entry own = new Entry(LeaseHolder.thisProcess(), Instant.now(), UUID.randomUUID().toString());
      created = run.withFence(Fence.OPEN).putIfAbsent(entry(number), FileContent.json(own));
      return created;
    } finally {
      if (!created) {
        HELD.remove(path(number));
      }
    }
  }

  /** Forgets that this process holds an entry. */
  void forget(long number) {
    HELD.remove(path(number));
  }

  void beat(long number, long beats) {
    run.replace(heartbeatFile(number), FileContent.json(new Heartbeat(beats)));
  }

  void release(long number) {
    run.putIfAbsent(released(number), FileContent.json(new Release(true)));
  }

  /** Returns the process that has created an entry; empty if the entry is gone or damaged. */
  Optional<LeaseHolder> holder(long number) {
    return run.readBytes(entry(number)).flatMap(LeaseEntries::parse);
  }

  private static Optional<LeaseHolder> parse(byte[] json) {
    try {
      return Optional.of(Json.parse(json, LeaseHolder.class));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  /**
   * Returns the content of the heartbeat, which is compared and not interpreted: a damaged one does
   * not change either. Empty if there is none.
   */
  Optional<String> heartbeat(long number) {
    return run.readBytes(heartbeatFile(number))
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Returns when the file system has stored the heartbeat; empty if there is none. */
  Optional<Instant> lastBeat(long number) {
    return run.modified(heartbeatFile(number));
  }

  /** Returns whether the file system has stored the heartbeat after an instant. */
  boolean hasBeatenSince(long number, Instant instant) {
    return lastBeat(number).filter(instant::isBefore).isPresent();
  }

  boolean isReleased(long number) {
    return run.exists(released(number));
  }

  boolean exists(long number) {
    return run.exists(entry(number));
  }

  /** The location of an entry, for messages. */
  String display(long number) {
    return HadoopPaths.display(path(number));
  }

  Path path(long number) {
    return run.path(entry(number));
  }

  private static String entry(long number) {
    return String.format("%s/%06d.json", DIRECTORY, number);
  }

  private static String heartbeatFile(long number) {
    return String.format("%s/%06d.heartbeat", DIRECTORY, number);
  }

  private static String released(long number) {
    return String.format("%s/%06d.released", DIRECTORY, number);
  }

  /**
   * Throws if the process that has created an entry is alive.
   *
   * @param timeout how long its heartbeat must not change, if only that tells
   * @param nanoTime the clock by which the heartbeat is watched
   */
  void requireDead(long holder, Duration timeout, LongSupplier nanoTime) {
    Optional<LeaseHolder> owner = holder(holder);
    if (owner.filter(LeaseHolder::isThisProcess).isPresent() && !HELD.contains(path(holder))) {
      return; // this process has closed that lease
    }
    String busy =
        "%s is working on it"
            .formatted(
                owner
                    .map(LeaseHolder::toString)
                    .orElseGet(
                        () ->
                            "an unknown process, whose entry " + display(holder) + " is damaged,"));
    switch (owner.map(LeaseHolder::state).orElse(LeaseHolder.State.UNKNOWN)) {
      case ALIVE -> throw busy(busy);
      case DEAD -> {}
      case UNKNOWN -> requireNoHeartbeat(holder, timeout, nanoTime, busy);
    }
  }

  private void requireNoHeartbeat(
      long holder, Duration timeout, LongSupplier nanoTime, String busy) {
    Optional<String> before = heartbeat(holder);
    long start = nanoTime.getAsLong();
    while (nanoTime.getAsLong() - start < timeout.toNanos()) {
      pause(timeout.dividedBy(POLLS));
      if (isReleased(holder)) {
        return;
      }
      if (!heartbeat(holder).equals(before)) {
        throw busy(busy);
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

  UserException busy(String reason) {
    return UserException.of(
        ErrorCode.RUN_BUSY,
        "run %s belongs to another process: %s; wait for it, or choose another --run-id",
        run.id(),
        reason);
  }

  /** Returns the exception for a directory without entries although this process holds one. */
  UserException gone() {
    return UserException.of(
        ErrorCode.STORE_UNWRITABLE,
        "run %s cannot go on, because %s/%s is gone: somebody has deleted or moved it while this"
            + " process worked on the run; restore the directory, or run the same command again",
        run.id(),
        run.display(),
        DIRECTORY);
  }
}
