package io.meanfield.pipeline.page;

import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.train.RoundRow;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The work and the costs of one worker in all rounds; a row of the table of workers. */
final class WorkerTotal {
  static final List<Column> COLUMNS =
      List.of(
          Column.number("worker"),
          Column.text("host"),
          Column.number("examples"),
          Column.number("computing, s"),
          Column.number("not computing, s"),
          Column.number("MB received"),
          Column.number("MB returned"),
          Column.number("rounds in quarantine"),
          Column.number("mean distance"),
          Column.number("largest distance"));
  private static final int DISTANCE_DIGITS = 4;

  private final int worker;
  private final Set<String> hosts = new LinkedHashSet<>();
  private final DoubleSummaryStatistics distances = new DoubleSummaryStatistics();
  private long examples;
  private double computeMillis;
  private double waitMillis;
  private long bytesIn;
  private long bytesOut;
  private int quarantined;

  WorkerTotal(int worker) {
    this.worker = worker;
  }

  void add(RoundRow round) {
    hosts.add(round.host());
    examples += round.work().examples();
    computeMillis += round.cost().computeMillis();
    waitMillis += round.cost().waitMillis();
    bytesIn += round.cost().bytesIn();
    bytesOut += round.cost().bytesOut();
    quarantined += round.work().quarantined() ? 1 : 0;
    round.work().distanceFromAverage().ifPresent(distances::accept);
  }

  /** Returns a cell for each of {@link #COLUMNS}. */
  List<Cell> cells() {
    return List.of(
        Cell.of(worker, 0),
        Cell.of(String.join(", ", hosts)),
        Cell.of((double) examples, 0),
        Cell.of(computeMillis / 1e3, 2),
        Cell.of(waitMillis / 1e3, 2),
        Cell.of(bytesIn / 1e6, 1),
        Cell.of(bytesOut / 1e6, 1),
        Cell.of(quarantined, 0),
        distance(distances.getAverage()),
        distance(distances.getMax()));
  }

  private Cell distance(double value) {
    return distances.getCount() == 0 ? Cell.empty() : Cell.of(value, DISTANCE_DIGITS);
  }
}
