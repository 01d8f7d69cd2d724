package io.meanfield.lesson;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The measures of the systems that have run, by system and seed. */
final class Measurements {
  private final Path file;
  private final Map<String, List<Map<String, Double>>> bySystem = new HashMap<>();

  /**
   * Creates an empty collection.
   *
   * @param file lists the systems; named in error messages
   */
  Measurements(Path file) {
    this.file = file;
  }

  /** Adds the measures of a system, one map for each seed. */
  void put(LessonSystem system, List<Map<String, Double>> seeds) {
    bySystem.put(system.name(), seeds);
  }

  /**
   * Returns the values of the expected measure of a system, minus the values of its baseline.
   *
   * @throws UserException if the measure does not exist
   */
  LessonResult result(LessonSystem system, Expectation wanted) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < system.seeds(); i++) {
      int seed = i;
      double value = measure(system.name(), seed, wanted.measure());
      values.add(
          value
              - wanted
                  .baseline()
                  .map(baseline -> measure(baseline, seed, wanted.measure()))
                  .orElse(0.0));
    }
    return new LessonResult(system, wanted, List.copyOf(values));
  }

  private double measure(String system, int seed, String measure) {
    List<Map<String, Double>> seeds = bySystem.getOrDefault(system, List.of());
    if (seed >= seeds.size() || !seeds.get(seed).containsKey(measure)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s expects a %s of %s, seed %s; it has %s",
          file,
          measure,
          system,
          seed + 1,
          seed >= seeds.size() ? "not run before" : seeds.get(seed).keySet());
    }
    return seeds.get(seed).get(measure);
  }
}
