package io.meanfield;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Observes every file that appears in a run's directory, even if it is deleted at once. */
final class FileWatcher implements AutoCloseable {
  private final Path run;
  private final WatchService events;

  FileWatcher(Path run) throws IOException {
    this.run = run;
    this.events = run.getFileSystem().newWatchService();
    for (String name :
        List.of("", "lease", "checkpoints", "epochs", "drafts", "tables/epochs", "tables/rounds")) {
      Files.createDirectories(run.resolve(name))
          .register(events, StandardWatchEventKinds.ENTRY_CREATE);
    }
  }

  /** Waits for a file whose path relative to the run's directory matches. */
  void await(String regex, Submit running) throws InterruptedException {
    while (true) {
      WatchKey key = events.poll(1, TimeUnit.SECONDS);
      if (key == null) {
        running.requireAlive();
        continue;
      }
      for (WatchEvent<?> event : key.pollEvents()) {
        Path file = ((Path) key.watchable()).resolve((Path) event.context());
        if (run.relativize(file).toString().matches(regex)) {
          return;
        }
      }
      key.reset(); // has no effect if the directory was deleted, as drafts is before the end
    }
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
