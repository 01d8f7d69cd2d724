package io.meanfield.fuzz;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Changes the heartbeats of invented holders until it is closed. */
final class Heartbeats implements AutoCloseable {
  private static final long PAUSE_NANOS = 1_000_000;
  private static final long LONGEST_WRITE_SECONDS = 60;

  private final Path folder;
  private final Set<String> names;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /**
   * Creates heartbeats that do not change yet.
   *
   * @param names of the files in the folder
   */
  Heartbeats(Path folder, Set<String> names) {
    this.folder = folder;
    this.names = names;
  }

  void begin() {
    if (!names.isEmpty()) {
      thread.execute(this::beat);
    }
  }

  private void beat() {
    // One more than in the files.
    for (long beat = 4; !ended.get(); beat++) {
      for (String name : names) {
        Fixtures.write(folder.resolve(name), "{ \"beats\" : " + beat + " }\n");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    ended.set(true);
    thread.shutdown();
    try {
      WrongContent.unless(
          thread.awaitTermination(LONGEST_WRITE_SECONDS, TimeUnit.SECONDS),
          "the heartbeats do not end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
