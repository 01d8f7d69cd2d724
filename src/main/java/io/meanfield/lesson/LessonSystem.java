package io.meanfield.lesson;

import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One of the lesson's systems: a job, and its expected results.
 *
 * @param id short, part of the names of its runs
 * @param name for a person
 * @param job its settings
 * @param assignments settings besides
 * @param seeds how often it runs, with the seeds from 1; once, with the seed of its settings, if 1
 * @param slow whether it takes minutes
 * @param printWeights whether it is small enough to print its weights and predictions
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
   * The systems that a file lists.
   *
   * @throws io.meanfield.error.UserException with every problem of the file
   */
  static List<LessonSystem> read(Path file) {
    SettingsTree tree = SettingsTree.loadStandalone(file);
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
        system.strings("set"),
        (int)
            system.number(
                "seeds", n -> n == Math.rint(n) && n >= 1, "a whole number of at least 1", 1),
        system.bool("slow"),
        system.bool("print-weights"),
        system.sections("expect").stream().map(Expectation::read).toList());
  }

  /** Returns whether a result on test examples is expected of it. */
  boolean isEvaluated() {
    return expectations.stream().anyMatch(wanted -> !RunMetrics.isOfTraining(wanted.measure()));
  }

  /** The systems that it is compared with. */
  Set<String> baselines() {
    return expectations.stream()
        .flatMap(wanted -> wanted.baseline().stream())
        .collect(Collectors.toSet());
  }
}
