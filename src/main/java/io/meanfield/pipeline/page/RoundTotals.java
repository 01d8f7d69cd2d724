package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.integer;
import static io.meanfield.pipeline.page.RunRecord.number;

import io.meanfield.store.table.StoredRow;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.history.RoundRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The costs of all rounds of a run, by round and by worker. Takes the rows one by one, because a
 * long run of many workers has millions.
 */
final class RoundTotals {
  private static final Set<String> COLUMNS =
      Set.of(
          "round",
          "worker",
          "host",
          "examples",
          "compute_ms",
          "wait_ms",
          "task_ms",
          "bytes_in",
          "bytes_out",
          "quarantined",
          "divergence");

  private final NavigableMap<Integer, Round> rounds = new TreeMap<>();
  private final NavigableMap<Integer, WorkerTotal> workers = new TreeMap<>();

  /**
   * Where the time of rounds went, in milliseconds.
   *
   * @param computing the mean over the workers of the duration of their task, which contains the
   *     turns of the task's other workers
   * @param waiting for slower tasks: the longest duration minus the mean
   * @param synchronising the rest: scheduling, transport and averaging
   */
  record Time(double computing, double waiting, double synchronising) {
    static final Time NONE = new Time(0, 0, 0);

    private Time plus(Time other) {
      return new Time(
          computing + other.computing,
          waiting + other.waiting,
          synchronising + other.synchronising);
    }

    private Time dividedBy(int rounds) {
      return new Time(computing / rounds, waiting / rounds, synchronising / rounds);
    }

    double total() {
      return computing + waiting + synchronising;
    }
  }

  /** The costs of one round, of all its workers together. */
  private static final class Round {
    private final DoubleSummaryStatistics tasks = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics distances = new DoubleSummaryStatistics();
    private double all;

    void add(RoundRow worker) {
      tasks.accept(worker.cost().taskMillis());
      all = Math.max(all, worker.cost().computeMillis() + worker.cost().waitMillis());
      worker.work().distanceFromAverage().ifPresent(distances::accept);
    }

    Time time() {
      double longest = tasks.getMax();
      return new Time(tasks.getAverage(), longest - tasks.getAverage(), Math.max(0, all - longest));
    }
  }

  /**
   * Rounds that follow each other, as one point of a chart.
   *
   * @param first number of the first round
   * @param time mean of the rounds
   * @param distances of all their workers; none if they are not known
   */
  record Bin(int first, Time time, DoubleSummaryStatistics distances) {}

  /**
   * Returns the totals of a run: of its table, or, if it has not succeeded, of the records of its
   * completed epochs.
   */
  static RoundTotals of(RunRecord run) {
    RoundTotals totals = new RoundTotals();
    if (run.hasSucceeded()) {
      run.read("rounds", COLUMNS, row -> totals.add(row(row)));
    } else {
      RecordedEpoch.stream(run.directory())
          .flatMap(epoch -> epoch.rounds().stream())
          .forEach(totals::add);
    }
    return totals;
  }

  private static RoundRow row(StoredRow row) {
    return new RoundRow(
        0,
        integer(row, "round"),
        0,
        integer(row, "worker"),
        row.text("host").orElse(""),
        new RoundRow.Work(
            (long) number(row, "examples", 0),
            0,
            Optional.empty(),
            Optional.empty(),
            row.isTrue("quarantined"),
            row.number("divergence")),
        new RoundRow.Cost(
            number(row, "compute_ms", 0),
            number(row, "wait_ms", 0),
            number(row, "task_ms", 0),
            (long) number(row, "bytes_in", 0),
            (long) number(row, "bytes_out", 0)));
  }

  void add(RoundRow row) {
    rounds.computeIfAbsent(row.round(), round -> new Round()).add(row);
    workers.computeIfAbsent(row.worker(), WorkerTotal::new).add(row);
  }

  int rounds() {
    return rounds.size();
  }

  Time time() {
    return sum(rounds.values());
  }

  private static Time sum(Collection<Round> some) {
    return some.stream().map(Round::time).reduce(Time.NONE, Time::plus);
  }

  /** Returns the totals of the workers, in their order. */
  Collection<WorkerTotal> workers() {
    return workers.values();
  }

  /** Returns all rounds in bins of {@code size}; the last bin may have fewer. */
  List<Bin> bins(int size) {
    List<Integer> numbers = List.copyOf(rounds.keySet());
    List<Round> totals = List.copyOf(rounds.values());
    List<Bin> bins = new ArrayList<>();
    for (int first = 0; first < totals.size(); first += size) {
      bins.add(
          bin(numbers.get(first), totals.subList(first, Math.min(first + size, totals.size()))));
    }
    return bins;
  }

  private static Bin bin(int first, List<Round> some) {
    DoubleSummaryStatistics distances = new DoubleSummaryStatistics();
    some.forEach(round -> distances.combine(round.distances));
    return new Bin(first, sum(some).dividedBy(some.size()), distances);
  }
}
