package io.meanfield.pipeline.page;

import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.page.RoundTotals.Bin;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chart.Series;
import io.meanfield.report.page.Fact;
import io.meanfield.store.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Where the time of the rounds went, and how far the workers diverged. */
final class TimeSection {
  private static final int MOST_POINTS = 500;
  private static final double MUCH = 0.2;

  private TimeSection() {}

  static List<Block> blocks(RunRecord run) {
    RoundTotals totals = RoundTotals.of(run);
    if (totals.rounds() == 0) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    advice(run.manifest(), totals.time())
        .ifPresent(advice -> blocks.add(new Block.Prose(advice, true)));
    blocks.add(facts(totals));
    int size = Thinned.to(MOST_POINTS, totals.rounds()).step();
    List<Bin> bins = totals.bins(size);
    blocks.add(
        Chart.lines(
            size == 1 ? "Time of each round" : "Time of a round, means of " + size + " rounds",
            "round",
            "ms",
            line("computing", bins, bin -> bin.time().computing()),
            line("waiting for slower workers", bins, bin -> bin.time().waiting()),
            line("synchronising", bins, bin -> bin.time().synchronising())));
    blocks.add(WorkerTotal.table(totals.workers()));
    if (bins.stream().anyMatch(bin -> bin.distances().getCount() > 0)) {
      blocks.add(
          Chart.lines(
              "Distance of the workers' weights from the average of the round"
                  + (size == 1 ? "" : ", mean and largest of " + size + " rounds"),
              "round",
              "distance",
              line("mean of the workers", bins, bin -> known(bin, bin.distances().getAverage())),
              line("largest", bins, bin -> known(bin, bin.distances().getMax()))));
    }
    return blocks;
  }

  private static Series line(String name, List<Bin> bins, ToDoubleFunction<Bin> value) {
    return new Series(
        name,
        bins.stream().mapToDouble(Bin::first).toArray(),
        bins.stream().mapToDouble(value).toArray());
  }

  private static double known(Bin bin, double distance) {
    return bin.distances().getCount() == 0 ? Double.NaN : distance;
  }

  private static Block facts(RoundTotals totals) {
    RoundTotals.Time sum = totals.time();
    return new Block.Facts(
        List.of(
            new Fact("rounds", Integer.toString(totals.rounds())),
            fact("computing", sum.computing(), sum),
            fact("waiting for slower workers", sum.waiting(), sum),
            fact("synchronising", sum.synchronising(), sum)));
  }

  private static Fact fact(String name, double millis, RoundTotals.Time sum) {
    String share = sum.total() > 0 ? ", " + Numbers.percent(millis / sum.total()) : "";
    return new Fact(name, Numbers.seconds(millis / 1000) + share);
  }

  /** Returns advice if the rounds spend much time without computing. */
  static Optional<String> advice(Manifest manifest, RoundTotals.Time sum) {
    if (sum.synchronising() > MUCH * sum.total()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Synchronising takes %s of the time of the rounds. %s",
              Numbers.percent(sum.synchronising() / sum.total()),
              remedy(manifest)));
    }
    if (sum.waiting() > MUCH * sum.total()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Workers wait for slower ones during %s of the time of the rounds. The table of the"
                  + " workers shows which ones compute longer. Executors of equal speed, with a"
                  + " core for each worker, avoid the wait.",
              Numbers.percent(sum.waiting() / sum.total())));
    }
    return Optional.empty();
  }

  private static String remedy(Manifest manifest) {
    String key = (RunCommand.plays(manifest) ? "reinforce" : "train") + ".sync-frequency";
    return manifest
            .string("settings." + key)
            .filter(frequency -> frequency.chars().allMatch(Character::isDigit))
            .map(frequency -> "Try a larger `" + key + "`; this run has " + frequency + ".")
            .orElse("Try a smaller `train.workers`.")
        + " Workers then average less often for the same work, so compare the results.";
  }
}
