package io.meanfield.pipeline.page;

import io.meanfield.pipeline.page.Episodes.Episode;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Series;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Charts of the episodes in which workers learn and explore.
 *
 * @param episodes at least one
 */
record EpisodeCharts(Episodes episodes) {
  private static final int MOST_POINTS = 1_000; // of all workers; each takes 300 bytes of the page
  private static final int MOST_WORKERS = 4; // with lines of their own
  private static final int WINDOW = 20; // episodes, as dev/plot-returns draws them
  private static final int PARTS = 100;
  private static final Axis STEP = Axis.linear("step of the worker");

  /** Returns each episode and the running mean of each worker; of many workers their range. */
  Block returns() {
    return episodes.byWorker().size() <= MOST_WORKERS ? byWorker() : byPart();
  }

  private Block byWorker() {
    int every = every(MOST_POINTS);
    List<Series> series = new ArrayList<>();
    episodes
        .byWorker()
        .forEach((worker, own) -> series.addAll(worker("worker " + worker, own, every)));
    return chart(
        "Return of each episode while the workers learn and explore, and mean of "
            + WINDOW
            + " episodes"
            + note(every),
        "return",
        series);
  }

  private static String note(int every) {
    return every == 1 ? "" : "; every " + every + " episodes";
  }

  private int every(int most) {
    return (episodes.count() + most - 1) / most;
  }

  private static List<Series> worker(String name, List<Episode> own, int every) {
    int[] shown = shown(own.size(), every);
    double[] steps = IntStream.of(shown).mapToDouble(i -> own.get(i).step()).toArray();
    return List.of(
        new Series(
            name,
            steps,
            IntStream.of(shown).mapToDouble(i -> own.get(i).rewards()).toArray(),
            Series.Line.NONE),
        new Series(
            name + ", mean", steps, IntStream.of(shown).mapToDouble(i -> mean(own, i)).toArray()));
  }

  /** Returns every second episode, every third or so, and the last one. */
  private static int[] shown(int count, int every) {
    return IntStream.range(0, count).filter(i -> i % every == 0 || i == count - 1).toArray();
  }

  /** Returns the mean return of an episode and those before it: {@value #WINDOW} in all. */
  private static double mean(List<Episode> own, int last) {
    return own.subList(Math.max(0, last + 1 - WINDOW), last + 1).stream()
        .mapToDouble(Episode::rewards)
        .average()
        .orElseThrow();
  }

  private Block byPart() {
    double end = episodes.all().stream().mapToDouble(Episode::step).max().orElseThrow();
    NavigableMap<Integer, DoubleSummaryStatistics> parts = new TreeMap<>();
    for (Episode episode : episodes.all()) {
      int part = (int) Math.min(PARTS - 1, PARTS * episode.step() / end);
      parts.computeIfAbsent(part, p -> new DoubleSummaryStatistics()).accept(episode.rewards());
    }
    double[] ends = parts.keySet().stream().mapToDouble(part -> end * (part + 1) / PARTS).toArray();
    return chart(
        "Returns of the episodes of "
            + episodes.byWorker().size()
            + " workers while they learn and explore, in "
            + PARTS
            + " parts of the training",
        "return",
        List.of(
            line("mean", ends, parts, DoubleSummaryStatistics::getAverage),
            line("smallest", ends, parts, DoubleSummaryStatistics::getMin),
            line("largest", ends, parts, DoubleSummaryStatistics::getMax)));
  }

  private static Series line(
      String name,
      double[] ends,
      NavigableMap<Integer, DoubleSummaryStatistics> parts,
      ToDoubleFunction<DoubleSummaryStatistics> value) {
    return new Series(name, ends, parts.values().stream().mapToDouble(value).toArray());
  }

  /** Returns the probability of a random action at the end of the episodes. */
  Block exploration() {
    List<Episode> all = episodes.all();
    int[] shown = shown(all.size(), every(MOST_POINTS / 2));
    return chart(
        "Exploration: probability of a random action at the end of an episode"
            + note(every(MOST_POINTS / 2)),
        "probability",
        List.of(
            new Series(
                "random action",
                IntStream.of(shown).mapToDouble(i -> all.get(i).step()).toArray(),
                IntStream.of(shown).mapToDouble(i -> all.get(i).epsilon()).toArray())));
  }

  private static LineChart chart(String caption, String unit, List<Series> series) {
    return new LineChart(caption, STEP, Axis.linear(unit), series, List.of());
  }
}
