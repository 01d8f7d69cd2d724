package io.meanfield.store;

import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The files under {@code lease/} of a run: for each holder, by number, its entry, its heartbeat and
 * its release.
 */
record LeaseEntries(RunDirectory run) {
  static final String DIRECTORY = "lease";

  /** The content of a heartbeat file. */
  record Heartbeat(long beats) {}

  /** The content of the file that records the release of a lease. */
  private record Release(boolean released) {}

  LeaseEntries withFence(Fence fence) {
    return new LeaseEntries(run.withFence(fence));
  }

  /** Returns the number of the newest entry; 0 if there is none. */
  long newest() {
    return run.list(DIRECTORY).stream()
        .filter(name -> name.endsWith(".json"))
        .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
        .max()
        .orElse(0);
  }

  /** Returns whether this call has created the entry. */
  boolean create(long number, Record content) {
    return run.putIfAbsent(entry(number), Json.content(content));
  }

  void beat(long number, long beats) {
    run.replace(heartbeatFile(number), Json.content(new Heartbeat(beats)));
  }

  void release(long number) {
    run.putIfAbsent(released(number), Json.content(new Release(true)));
  }

  /** Returns the process that has created an entry; empty if the entry is gone. */
  Optional<LeaseHolder> holder(long number) {
    return run.read(entry(number), LeaseHolder.class);
  }

  Optional<Heartbeat> heartbeat(long number) {
    return run.read(heartbeatFile(number), Heartbeat.class);
  }

  /** Returns when the file system has stored the heartbeat; empty if there is none. */
  Optional<Instant> lastBeat(long number) {
    return run.usage().modified(heartbeatFile(number));
  }

  boolean isReleased(long number) {
    return run.exists(released(number));
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
