package io.meanfield.storm;

import io.meanfield.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Runs the scenarios of the seeds {@code FIRST LAST} and prints a row for each; see dev/storm. */
final class Storm implements AutoCloseable {
  // One waits for a heartbeat or the end of a process while the other one computes.
  private static final int AT_ONCE = 2;

  private final Path folder;
  private final References references;

  private Storm(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.references = References.create(folder);
  }

  /** Prepares the directories in a folder that must be empty. */
  static Storm in(Path folder) throws IOException, InterruptedException {
    if (!Container.isPossible()) {
      throw new IllegalStateException(
          "a storm needs unshare --pid, which is not permitted here; run it as root");
    }
    return new Storm(folder.toAbsolutePath());
  }

  public static void main(String[] arguments) throws Exception {
    try (Storm storm = in(Files.createTempDirectory("storm"))) {
      List<StormRow> rows = storm.run(Long.parseLong(arguments[0]), Long.parseLong(arguments[1]));
      List<StormRow> broken = rows.stream().filter(row -> !row.isRight()).toList();
      System.out.println(rows.size() + " scenarios, broken promises: " + broken.size());
      System.exit(broken.isEmpty() ? 0 : 1);
    }
  }

  private List<StormRow> run(long first, long last) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<StormRow>> futures =
          LongStream.rangeClosed(first, last)
              .mapToObj(seed -> threads.submit(() -> printed(run(Scenario.of(seed)))))
              .toList();
      List<StormRow> rows = new ArrayList<>();
      for (Future<StormRow> row : futures) {
        rows.add(row.get());
      }
      return rows;
    } finally {
      threads.shutdownNow();
    }
  }

  private static StormRow printed(StormRow row) {
    System.out.println(row);
    return row;
  }

  /** Runs a scenario. The directory of a violated one is kept. */
  StormRow run(Scenario scenario) throws IOException, InterruptedException {
    Path directory = folder.resolve("seed-" + scenario.seed());
    Site site = references.site(directory.getFileName().toString());
    long start = System.nanoTime();
    Effects effects = new Effects(0, 0, "");
    String outcome = StormRow.RIGHT;
    try {
      Pace pace = references.pace(scenario.command(), scenario.master());
      start = System.nanoTime();
      try (Attempts attempts = new Attempts(site, scenario, pace)) {
        try {
          disturb(scenario, attempts);
        } finally {
          effects = attempts.effects();
        }
      }
    } catch (IOException | RuntimeException violation) { // unreadable results are a violation, too
      outcome = "violation: " + violation.getMessage() + "; kept in " + directory;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (outcome.equals(StormRow.RIGHT)) {
      deleteIfPossible(directory);
    }
    return new StormRow(scenario, effects, outcome, took);
  }

  /** Deletes a directory; a process that is just ending may still work there. */
  private static void deleteIfPossible(Path directory) {
    try {
      delete(directory);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("warning: cannot delete " + directory + ": " + e);
    }
  }

  private void disturb(Scenario scenario, Attempts attempts)
      throws IOException, InterruptedException {
    scenario.disturbance().disturb(attempts);
    attempts.start().finish(List.of(0));
    EndState.of(attempts.site()).requireEqual(references.end(scenario.command()));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Deletes everything but the directories of violated scenarios. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> kept = Files.list(folder)) {
      for (Path path : kept.filter(each -> !isSeed(each)).toList()) {
        delete(path);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      if (left.findAny().isEmpty()) {
        Files.delete(folder);
      }
    }
  }

  private static boolean isSeed(Path path) {
    return FileSystems.getDefault().getPathMatcher("glob:seed-*").matches(path.getFileName());
  }
}
