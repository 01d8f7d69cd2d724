package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.number;

import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Facts;
import io.meanfield.report.page.Hint;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Series;
import io.meanfield.store.StoredRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Where the time of the rounds went, and how far the workers diverged. */
final class TimeSection {
  private static final int MOST_POINTS = 500;

  private TimeSection() {}

  static Optional<Section> of(RunRecord run) {
    List<StoredRow> rows = run.table("rounds");
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, RoundTime> rounds = RoundTime.byRound(rows);
    RoundTime sum = rounds.values().stream().reduce(RoundTime.NONE, RoundTime::plus);
    List<Block> blocks = new ArrayList<>();
    TimeAdvice.of(run.manifest(), sum).ifPresent(advice -> blocks.add(new Hint(advice)));
    blocks.add(facts(sum, rounds.size()));
    blocks.add(byRound(rounds));
    blocks.add(byWorker(rows));
    if (RunRecord.has(rows, "divergence")) {
      blocks.add(divergence(rows));
    }
    return Optional.of(new Section("time", "Time", blocks));
  }

  private static Facts facts(RoundTime sum, int rounds) {
    return new Facts(
        List.of(
            new Fact("rounds", Integer.toString(rounds)),
            fact("computing", sum.computing(), sum),
            fact("waiting for slower workers", sum.waiting(), sum),
            fact("synchronising", sum.synchronising(), sum)));
  }

  private static Fact fact(String name, double millis, RoundTime sum) {
    String share = sum.total() > 0 ? ", " + Numbers.percent(millis / sum.total()) : "";
    return new Fact(name, Numbers.seconds(millis / 1000) + share);
  }

  private static LineChart byRound(Map<Integer, RoundTime> rounds) {
    int size = (rounds.size() + MOST_POINTS - 1) / MOST_POINTS;
    List<RoundTime> means = RoundTime.means(List.copyOf(rounds.values()), size);
    double[] first = new double[means.size()];
    int[] numbers = rounds.keySet().stream().mapToInt(Integer::intValue).toArray();
    Arrays.setAll(first, i -> numbers[i * size]);
    return new LineChart(
        size == 1 ? "Time of every round" : "Time of a round, means of " + size + " rounds",
        Axis.linear("round"),
        Axis.linear("ms"),
        List.of(
            line("computing", first, means, RoundTime::computing),
            line("waiting for slower workers", first, means, RoundTime::waiting),
            line("synchronising", first, means, RoundTime::synchronising)),
        List.of());
  }

  private static Series line(
      String name, double[] rounds, List<RoundTime> times, ToDoubleFunction<RoundTime> part) {
    return new Series(name, rounds, times.stream().mapToDouble(part).toArray());
  }

  private static DataTable byWorker(List<StoredRow> rows) {
    return new DataTable(
        "Workers",
        List.of(
            Column.number("worker"),
            Column.text("host"),
            Column.number("examples"),
            Column.number("computing, s"),
            Column.number("not computing, s"),
            Column.number("MB received"),
            Column.number("MB returned"),
            Column.number("rounds in quarantine")),
        workers(rows).values().stream().map(TimeSection::worker).toList());
  }

  private static Map<Integer, List<StoredRow>> workers(List<StoredRow> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> RunRecord.integer(row, "worker"), TreeMap::new, Collectors.toList()));
  }

  private static List<Cell> worker(List<StoredRow> rounds) {
    String hosts =
        rounds.stream()
            .flatMap(row -> row.text("host").stream())
            .distinct()
            .collect(Collectors.joining(", "));
    return List.of(
        Cell.of(RunRecord.integer(rounds.get(0), "worker"), 0),
        Cell.of(hosts),
        Cell.of(sum(rounds, "examples"), 0),
        Cell.of(sum(rounds, "compute_ms") / 1e3, 2),
        Cell.of(sum(rounds, "wait_ms") / 1e3, 2),
        Cell.of(sum(rounds, "bytes_in") / 1e6, 1),
        Cell.of(sum(rounds, "bytes_out") / 1e6, 1),
        Cell.of((double) rounds.stream().filter(row -> row.isTrue("quarantined")).count(), 0));
  }

  private static double sum(List<StoredRow> rows, String column) {
    return rows.stream().mapToDouble(row -> number(row, column, 0)).sum();
  }

  private static LineChart divergence(List<StoredRow> rows) {
    List<Series> workers = new ArrayList<>();
    workers(rows)
        .forEach(
            (worker, all) -> {
              int size = (all.size() + MOST_POINTS - 1) / MOST_POINTS;
              List<StoredRow> some = new ArrayList<>();
              for (int i = 0; i < all.size(); i += size) {
                some.add(all.get(i));
              }
              workers.add(
                  new Series(
                      "worker " + worker,
                      RunRecord.numbers(some, "round"),
                      RunRecord.numbers(some, "divergence")));
            });
    return new LineChart(
        "Distance of each worker's weights from the average of the round",
        Axis.linear("round"),
        Axis.linear("distance"),
        workers,
        List.of());
  }
}
