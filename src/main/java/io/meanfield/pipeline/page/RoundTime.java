package io.meanfield.pipeline.page;

import io.meanfield.store.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the time of one round, or of several, went, in milliseconds.
 *
 * @param computing the mean of the workers' time in the learner
 * @param waiting for slower workers: the longest of these times minus the mean
 * @param synchronising the rest: scheduling, transport and averaging
 */
record RoundTime(double computing, double waiting, double synchronising) {
  static final RoundTime NONE = new RoundTime(0, 0, 0);

  /** Returns the time of one round from the rows of its workers. */
  static RoundTime of(List<StoredRow> workers) {
    double sum = 0;
    double longest = 0;
    double all = 0;
    for (StoredRow worker : workers) {
      double compute = RunRecord.number(worker, "compute_ms", 0);
      sum += compute;
      longest = Math.max(longest, compute);
      all = Math.max(all, compute + RunRecord.number(worker, "wait_ms", 0));
    }
    double mean = sum / workers.size();
    return new RoundTime(mean, longest - mean, all - longest);
  }

  /** Returns the time of every round, in order. */
  static Map<Integer, RoundTime> byRound(List<StoredRow> rows) {
    Map<Integer, List<StoredRow>> rounds =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> RunRecord.integer(row, "round"), TreeMap::new, Collectors.toList()));
    Map<Integer, RoundTime> times = new TreeMap<>();
    rounds.forEach((round, workers) -> times.put(round, of(workers)));
    return times;
  }

  RoundTime plus(RoundTime other) {
    return new RoundTime(
        computing + other.computing, waiting + other.waiting, synchronising + other.synchronising);
  }

  double total() {
    return computing + waiting + synchronising;
  }

  /** Returns the means of {@code size} rounds each, so that a chart has at most so many points. */
  static List<RoundTime> means(List<RoundTime> rounds, int size) {
    List<RoundTime> means = new ArrayList<>();
    for (int first = 0; first < rounds.size(); first += size) {
      List<RoundTime> some = rounds.subList(first, Math.min(first + size, rounds.size()));
      RoundTime sum = some.stream().reduce(NONE, RoundTime::plus);
      means.add(
          new RoundTime(
              sum.computing() / some.size(),
              sum.waiting() / some.size(),
              sum.synchronising() / some.size()));
    }
    return means;
  }
}
