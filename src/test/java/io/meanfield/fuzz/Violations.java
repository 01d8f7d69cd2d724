package io.meanfield.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The cases of a format that {@code mvn verify} runs. */
final class Violations {
  private static final Path FOUND = Path.of("src/test/resources/fuzz");
  // Tests run beside others on a small machine.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Violations() {}

  /** Returns a line for each case that violates what is required. */
  static List<String> of(Format format, Path folder) {
    List<String> violations = new ArrayList<>();
    try (TimedTrial trial = new TimedTrial(format, folder, LIMIT)) {
      for (int seed = 1; seed <= format.reader().verified(); seed++) {
        if (trial.run(seed) instanceof Outcome.Violation violation) {
          violations.add("seed " + seed + ": " + violation);
        }
      }
    }
    return violations;
  }

  /** Returns the formats that have files under {@code src/test/resources/fuzz/FORMAT}. */
  static Stream<Format> found(Format.Reader reader) {
    return Format.readBy(reader).filter(format -> !files(format).isEmpty());
  }

  /** Returns a line for each file, with which an earlier version failed, that does so again. */
  static List<String> ofFound(Format format, Path folder) {
    List<String> violations = new ArrayList<>();
    try (TimedTrial trial = new TimedTrial(format, folder, LIMIT)) {
      for (Path file : files(format)) {
        if (trial.read(Fixtures.read(file)) instanceof Outcome.Violation violation) {
          violations.add(file + ": " + violation);
        }
      }
    }
    return violations;
  }

  private static List<Path> files(Format format) {
    Path folder = FOUND.resolve(format.display());
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
