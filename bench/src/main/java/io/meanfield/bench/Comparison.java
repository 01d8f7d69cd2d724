package io.meanfield.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs trainers in turns, one epoch each, so that a change in the speed of the machine affects all
 * of them. Each turn begins with the next trainer of the list, so that no trainer always runs first
 * or last.
 */
final class Comparison {
  private final List<TimedTrainer> trainers;
  private final Map<String, List<EpochTiming>> epochs = new LinkedHashMap<>();

  Comparison(List<TimedTrainer> trainers) {
    this.trainers = trainers;
    trainers.forEach(trainer -> epochs.put(trainer.name(), new ArrayList<>()));
  }

  /**
   * Runs {@code turns} turns and closes all trainers. Returns the timings of each trainer by its
   * name.
   *
   * @param label the name of the comparison, for the lines on standard error
   */
  Map<String, RunTimings> run(String label, int turns) {
    try {
      for (int turn = 1; turn <= turns; turn++) {
        turn(turn);
        System.err.printf("%s, turn %d of %d, seconds: %s%n", label, turn, turns, lastSeconds());
      }
    } finally {
      trainers.forEach(TimedTrainer::close);
    }
    Map<String, RunTimings> timings = new LinkedHashMap<>();
    epochs.forEach((trainer, list) -> timings.put(trainer, new RunTimings(List.copyOf(list))));
    return timings;
  }

  private String lastSeconds() {
    return epochs.values().stream()
        .map(list -> String.format(Locale.ROOT, "%.2f", list.get(list.size() - 1).seconds()))
        .collect(Collectors.joining(" "));
  }

  private void turn(int turn) {
    for (int i = 0; i < trainers.size(); i++) {
      TimedTrainer trainer = trainers.get((i + turn) % trainers.size());
      List<EpochTiming> finished = epochs.get(trainer.name());
      while (finished.size() < Math.round(turn * trainer.pace())) {
        finished.add(new EpochTiming(trainer.timedEpoch(), trainer.accuracy()));
      }
    }
  }
}
