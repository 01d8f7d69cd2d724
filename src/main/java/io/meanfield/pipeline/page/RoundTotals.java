package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.integer;
import static io.meanfield.pipeline.page.RunRecord.number;

import io.meanfield.report.page.Cell;
import io.meanfield.store.StoredRow;
import io.meanfield.train.RoundRow;
import io.meanfield.train.checkpoint.RecordedEpoch;
import java.util.ArrayList;
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
          "loss",
          "compute_ms",
          "wait_ms",
          "task_ms",
          "bytes_in",
          "bytes_out",
          "quarantined",
          "divergence");

  private final NavigableMap<Integer, RoundTotal> rounds = new TreeMap<>();
  private final NavigableMap<Integer, WorkerTotal> workers = new TreeMap<>();

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
            row.number("loss"),
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
    rounds.computeIfAbsent(row.round(), round -> new RoundTotal()).add(row);
    workers.computeIfAbsent(row.worker(), WorkerTotal::new).add(row);
  }

  int rounds() {
    return rounds.size();
  }

  RoundTime time() {
    return sum(List.copyOf(rounds.values()));
  }

  private static RoundTime sum(List<RoundTotal> some) {
    return some.stream().map(RoundTotal::time).reduce(RoundTime.NONE, RoundTime::plus);
  }

  /** Returns a row of cells for each worker, in order. */
  List<List<Cell>> workers() {
    return workers.values().stream().map(WorkerTotal::cells).toList();
  }

  /**
   * Rounds that follow each other, as one point of a chart.
   *
   * @param first number of the first round
   * @param time mean of the rounds
   * @param distances of all their workers; none if they are not known
   * @param loss mean of their examples; NaN if it is not known
   */
  record Bin(int first, RoundTime time, DoubleSummaryStatistics distances, double loss) {}

  /** Returns all rounds in bins of {@code size}; the last bin may have fewer. */
  List<Bin> bins(int size) {
    List<Integer> numbers = List.copyOf(rounds.keySet());
    List<RoundTotal> totals = List.copyOf(rounds.values());
    List<Bin> bins = new ArrayList<>();
    for (int first = 0; first < totals.size(); first += size) {
      bins.add(
          bin(numbers.get(first), totals.subList(first, Math.min(first + size, totals.size()))));
    }
    return bins;
  }

  private static Bin bin(int first, List<RoundTotal> some) {
    DoubleSummaryStatistics distances = new DoubleSummaryStatistics();
    some.forEach(round -> distances.combine(round.distances()));
    double examples = some.stream().mapToDouble(RoundTotal::lossExamples).sum();
    double loss = some.stream().mapToDouble(RoundTotal::lossSum).sum() / examples; // NaN is 0 / 0
    return new Bin(first, sum(some).dividedBy(some.size()), distances, loss);
  }
}
