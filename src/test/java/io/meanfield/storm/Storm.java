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
import java.util.stream.Stream;

/**
 * Runs scenarios and appends a row for each one to a table. {@code --seeds FIRST..LAST [--table
 * FILE]}; see dev/storm.
 */
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
    StormOptions options = StormOptions.parse(arguments);
    StormTable table = new StormTable(options.table());
    table.requireColumns();
    try (Storm storm = in(Files.createTempDirectory("storm"))) {
      storm.run(options, table);
    }
    System.out.println(table.summary());
    System.exit(table.violations() == 0 ? 0 : 1);
  }

  private void run(StormOptions options, StormTable table) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> rows = new ArrayList<>();
      for (long seed = options.first(); seed <= options.last(); seed++) {
        Scenario scenario = Scenario.of(seed);
        rows.add(threads.submit(() -> append(run(scenario), table)));
      }
      for (Future<?> row : rows) {
        row.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static synchronized Void append(StormRow row, StormTable table) throws IOException {
    table.append(row);
    System.out.println(row);
    return null;
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
      outcome = StormRow.violation(violation) + "; kept in " + directory;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (outcome.equals(StormRow.RIGHT)) {
      deleteIfPossible(directory);
    }
    return StormRow.of(scenario, effects, outcome, took);
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
