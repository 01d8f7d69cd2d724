package io.meanfield.pipeline.page;

import io.meanfield.pipeline.page.RoundTotals.Bin;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.DataTable;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Facts;
import io.meanfield.report.page.Hint;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Series;
import io.meanfield.train.EpochResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Where the time of the rounds went, and how far the workers diverged. */
final class TimeSection {
  private static final int MOST_POINTS = 500;
  private static final Axis ROUND = Axis.linear("round");

  private final RoundTotals totals;
  private final int size;
  private final List<Bin> bins;

  private TimeSection(RoundTotals totals) {
    this.totals = totals;
    this.size = (totals.rounds() + MOST_POINTS - 1) / MOST_POINTS;
    this.bins = totals.bins(size);
  }

  static Optional<Section> of(RunRecord run) {
    RoundTotals totals = RoundTotals.of(run);
    return totals.rounds() == 0
        ? Optional.empty()
        : Optional.of(new Section("time", "Time", new TimeSection(totals).blocks(run)));
  }

  private List<Block> blocks(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    RoundTime sum = totals.time();
    TimeAdvice.of(run.manifest(), sum).ifPresent(advice -> blocks.add(new Hint(advice)));
    blocks.add(facts(sum, run));
    blocks.add(byRound());
    blocks.add(new DataTable("Workers", WorkerTotal.COLUMNS, totals.workers()));
    if (bins.stream().anyMatch(bin -> bin.distances().getCount() > 0)) {
      blocks.add(divergence());
    }
    return blocks;
  }

  private Facts facts(RoundTime sum, RunRecord run) {
    List<Fact> facts =
        new ArrayList<>(
            List.of(
                new Fact("rounds", Integer.toString(totals.rounds())),
                fact("computing", sum.computing(), sum),
                fact("waiting for slower workers", sum.waiting(), sum),
                fact("synchronising", sum.synchronising(), sum)));
    if (run.plays()) {
      facts.add(betweenRounds(sum, RunEpochs.of(run)));
    }
    return new Facts(facts);
  }

  private static Fact betweenRounds(RoundTime sum, RunEpochs epochs) {
    double all = epochs.results().stream().mapToDouble(EpochResult::seconds).sum();
    return new Fact(
        "evaluations and files of replay memories",
        Numbers.seconds(Math.max(0, all - sum.total() / 1e3)));
  }

  private static Fact fact(String name, double millis, RoundTime sum) {
    String share = sum.total() > 0 ? ", " + Numbers.percent(millis / sum.total()) : "";
    return new Fact(name, Numbers.seconds(millis / 1000) + share);
  }

  private LineChart byRound() {
    return new LineChart(
        size == 1 ? "Time of each round" : "Time of a round, means of " + size + " rounds",
        ROUND,
        Axis.linear("ms"),
        List.of(
            line("computing", bin -> bin.time().computing()),
            line("waiting for slower workers", bin -> bin.time().waiting()),
            line("synchronising", bin -> bin.time().synchronising())),
        List.of());
  }

  private LineChart divergence() {
    return new LineChart(
        "Distance of the workers' weights from the average of the round"
            + (size == 1 ? "" : ", mean and largest of " + size + " rounds"),
        ROUND,
        Axis.linear("distance"),
        List.of(
            line("mean of the workers", bin -> known(bin, bin.distances().getAverage())),
            line("largest", bin -> known(bin, bin.distances().getMax()))),
        List.of());
  }

  private static double known(Bin bin, double distance) {
    return bin.distances().getCount() == 0 ? Double.NaN : distance;
  }

  private Series line(String name, ToDoubleFunction<Bin> value) {
    return new Series(
        name,
        bins.stream().mapToDouble(Bin::first).toArray(),
        bins.stream().mapToDouble(value).toArray());
  }
}
