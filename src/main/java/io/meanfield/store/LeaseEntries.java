package io.meanfield.store;

import io.meanfield.json.Json;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * The files under {@code lease/} of a run: for each holder, by number, its entry, its heartbeat and
 * its release.
 */
record LeaseEntries(RunDirectory run) {
  static final String DIRECTORY = "lease";

  // Others are no entries, such as files that a person or a tool has put there.
  private static final Pattern ENTRY = Pattern.compile("(\\d{6,9})\\.json");
  private static final Pattern ENTRY_OR_RELEASE = Pattern.compile("(\\d{6,9})\\.(?:json|released)");

  /** The content of a heartbeat file. */
  private record Heartbeat(long beats) {}

  /** The content of the file that records the release of a lease. */
  private record Release(boolean released) {}

  LeaseEntries withFence(Fence fence) {
    return new LeaseEntries(run.withFence(fence));
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

  /** Returns whether this call has created the entry. */
  boolean create(long number, Record content) {
    return run.putIfAbsent(entry(number), FileContent.json(content));
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
    return run.usage().modified(heartbeatFile(number));
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
}
