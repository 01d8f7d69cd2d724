package io.meanfield.pipeline.page;

import io.meanfield.pipeline.page.RoundTotals.Bin;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a run of {@code play} learned: the loss of its rounds, and its exploration. */
final class PlayLearningSection {
  private static final int MOST_POINTS = 500;

  private PlayLearningSection() {}

  static Optional<Section> of(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    loss(RoundTotals.of(run)).ifPresent(blocks::add);
    if (run.hasSucceeded()) {
      Episodes episodes = Episodes.of(run);
      if (episodes.count() > 0) {
        blocks.add(new EpisodeCharts(episodes).exploration());
      }
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("learning", "Learning", blocks));
  }

  // Rounds before the first gradient step have no loss.
  private static Optional<Block> loss(RoundTotals totals) {
    int size = Math.max(1, (totals.rounds() + MOST_POINTS - 1) / MOST_POINTS);
    List<Bin> bins = totals.bins(size).stream().filter(bin -> !Double.isNaN(bin.loss())).toList();
    return bins.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LineChart(
                size == 1 ? "Loss of each round" : "Loss, means of " + size + " rounds",
                Axis.linear("round"),
                Axis.linear("loss"),
                List.of(
                    new Series(
                        "loss",
                        bins.stream().mapToDouble(Bin::first).toArray(),
                        bins.stream().mapToDouble(Bin::loss).toArray())),
                List.of()));
  }
}
