package io.meanfield.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Contenders that run epoch by epoch in turns, so that a machine that drifts drifts under all of
 * them. Another one begins every turn: nobody always runs behind the same one's garbage.
 */
final class Comparison {
  private final List<TimedTrainer> field;
  private final Map<String, List<EpochTiming>> laps = new LinkedHashMap<>();

  Comparison(List<TimedTrainer> field) {
    this.field = field;
    field.forEach(contender -> laps.put(contender.name(), new ArrayList<>()));
  }

  /** What each contender did in {@code turns}, by its name; closes them all. */
  Map<String, RunTimings> run(String name, int turns) {
    try {
      for (int turn = 1; turn <= turns; turn++) {
        turn(turn);
        System.err.printf("%s, turn %d of %d, seconds: %s%n", name, turn, turns, lastSeconds());
      }
    } finally {
      field.forEach(TimedTrainer::close);
    }
    Map<String, RunTimings> courses = new LinkedHashMap<>();
    laps.forEach((contender, run) -> courses.put(contender, new RunTimings(List.copyOf(run))));
    return courses;
  }

  private String lastSeconds() {
    return laps.values().stream()
        .map(run -> String.format(Locale.ROOT, "%.2f", run.get(run.size() - 1).seconds()))
        .collect(Collectors.joining(" "));
  }

  private void turn(int turn) {
    for (int i = 0; i < field.size(); i++) {
      TimedTrainer contender = field.get((i + turn) % field.size());
      List<EpochTiming> run = laps.get(contender.name());
      while (run.size() < Math.round(turn * contender.pace())) {
        run.add(new EpochTiming(contender.timedEpoch(), contender.accuracy()));
      }
    }
  }
}
