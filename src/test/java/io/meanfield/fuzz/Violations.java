package io.meanfield.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The cases of a format that {@code mvn verify} runs. */
final class Violations {
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
}
