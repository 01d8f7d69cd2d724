package io.meanfield.lesson;

import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A system of the lesson: a job and its expected results.
 *
 * @param id a short name, part of the ids of its runs
 * @param name the name to display
 * @param job the settings file
 * @param assignments settings that override the file
 * @param seeds the number of runs, with seeds from 1; a single run has the seed of the settings
 * @param slow whether the system takes minutes
 * @param printWeights whether to print weights and predictions
 */
record LessonSystem(
    String id,
    String name,
    Path job,
    List<String> assignments,
    int seeds,
    boolean slow,
    boolean printWeights,
    List<Expectation> expectations) {

  /**
   * Reads the systems that a file lists.
   *
   * @throws io.meanfield.error.UserException with every problem of the file
   */
  static List<LessonSystem> read(Path file) {
    SettingsTree tree = SettingsTree.loadStandalone(new LocalSettingsFile(file));
    List<LessonSystem> systems =
        tree.root().sections("systems").stream().map(LessonSystem::read).toList();
    tree.throwIfInvalid();
    return systems;
  }

  private static LessonSystem read(Section system) {
    return new LessonSystem(
        system.string("id"),
        system.string("name"),
        Path.of(system.string("job")),
        system.optionalStrings("set"),
        (int)
            system.optionalNumber(
                "seeds", n -> n == Math.rint(n) && n >= 1, "a whole number of at least 1", 1),
        system.optionalBoolean("slow"),
        system.optionalBoolean("print-weights"),
        system.sections("expect").stream().map(Expectation::read).toList());
  }

  /** Returns whether the system plays in an environment instead of reading examples. */
  boolean isPlayed() {
    return expectations.stream().anyMatch(wanted -> RunMetrics.isOfPlaying(wanted.measure()));
  }

  /** Returns whether a result on test examples is expected. */
  boolean isEvaluated() {
    return expectations.stream().anyMatch(wanted -> !RunMetrics.isOfTraining(wanted.measure()));
  }

  /** Returns the names of the systems that it is compared with. */
  Set<String> baselines() {
    return expectations.stream()
        .flatMap(wanted -> wanted.baseline().stream())
        .collect(Collectors.toSet());
  }
}
