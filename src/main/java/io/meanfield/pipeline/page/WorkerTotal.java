package io.meanfield.pipeline.page;

import io.meanfield.report.page.Table;
import io.meanfield.train.history.RoundRow;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.Set;

/** The work and the costs of one worker in all rounds; a row of the table of workers. */
final class WorkerTotal {
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

  static Table table(Collection<WorkerTotal> workers) {
    return new Table.Columns<WorkerTotal>()
        .number("worker", each -> Integer.toString(each.worker))
        .text("host", each -> String.join(", ", each.hosts))
        .number("examples", each -> Numbers.decimals((double) each.examples, 0))
        .number("computing, s", each -> Numbers.decimals(each.computeMillis / 1e3, 2))
        .number("not computing, s", each -> Numbers.decimals(each.waitMillis / 1e3, 2))
        .number("MB received", each -> Numbers.decimals(each.bytesIn / 1e6, 1))
        .number("MB returned", each -> Numbers.decimals(each.bytesOut / 1e6, 1))
        .number("rounds in quarantine", each -> Integer.toString(each.quarantined))
        .number("mean distance", each -> each.distance(each.distances.getAverage()))
        .number("largest distance", each -> each.distance(each.distances.getMax()))
        .of("Workers", workers);
  }

  private String distance(double value) {
    return distances.getCount() == 0 ? "" : Numbers.decimals(value, 4);
  }
}
