package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.integer;
import static io.meanfield.pipeline.page.RunRecord.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The episodes that the workers of a run of {@code play} have ended.
 *
 * @param byWorker the episodes of each worker, in order
 */
record Episodes(NavigableMap<Integer, List<Episode>> byWorker) {
  private static final Set<String> COLUMNS = Set.of("worker", "worker_step", "return", "epsilon");

  /**
   * An episode.
   *
   * @param step of the worker, at the end of the episode
   * @param rewards the return of the episode
   * @param epsilon the probability of a random action in its last step
   */
  record Episode(double step, double rewards, double epsilon) {}

  /** Reads the table of a run; there are no episodes if the run has no such table. */
  static Episodes of(RunRecord run) {
    NavigableMap<Integer, List<Episode>> byWorker = new TreeMap<>();
    run.read(
        "episodes",
        COLUMNS,
        row ->
            byWorker
                .computeIfAbsent(integer(row, "worker"), worker -> new ArrayList<>())
                .add(
                    new Episode(
                        number(row, "worker_step", 0),
                        number(row, "return", Double.NaN),
                        number(row, "epsilon", Double.NaN))));
    byWorker.values().forEach(own -> own.sort(Comparator.comparingDouble(Episode::step)));
    return new Episodes(byWorker);
  }

  int count() {
    return byWorker.values().stream().mapToInt(List::size).sum();
  }

  /** Returns the episodes of all workers, in the order of their last steps. */
  List<Episode> all() {
    return byWorker.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingDouble(Episode::step))
        .toList();
  }
}
