package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.number;
import static io.meanfield.pipeline.page.RunRecord.numbers;

import io.meanfield.pipeline.page.RoundTotals.Bin;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chart.Marker;
import io.meanfield.report.page.Chart.Series;
import io.meanfield.report.page.Fact;
import io.meanfield.store.StoredRow;
import io.meanfield.train.EpochResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The returns of a run of {@code play} and how it learned. A run that has not succeeded has the
 * mean returns of its recorded epochs.
 */
final class PlaySections {
  private static final int MOST_POINTS = 500;
  private static final int WINDOW = 20; // episodes, as dev/plot-returns draws them
  private static final String EVALUATIONS = "Return of the evaluations, without exploration";

  /**
   * An episode in which a worker learned and explored.
   *
   * @param step of the worker, at the end of the episode
   * @param rewards the return of the episode
   * @param epsilon the probability of a random action in its last step
   */
  private record Episode(double step, double rewards, double epsilon) {}

  private PlaySections() {}

  /** Returns the returns of the test episodes, the evaluations, and the workers' episodes. */
  static List<Block> returns(RunRecord run) {
    if (!run.hasSucceeded()) {
      List<EpochResult> all = RunEpochs.of(run).results();
      double[] epochs = all.stream().mapToDouble(EpochResult::epoch).toArray();
      double[] means =
          all.stream()
              .mapToDouble(epoch -> epoch.scores().monitored().orElse(Double.NaN))
              .toArray();
      return all.isEmpty()
          ? List.of()
          : List.of(Chart.lines(EVALUATIONS, "epoch", "return", new Series("mean", epochs, means)));
    }
    List<Block> blocks = new ArrayList<>();
    List<StoredRow> rows = run.table("evaluations");
    set(rows, "test").stream().findFirst().map(PlaySections::test).ifPresent(blocks::add);
    List<StoredRow> evaluations = set(rows, "validation");
    if (!evaluations.isEmpty()) {
      double[] epochs = numbers(evaluations, "epoch");
      blocks.add(
          Chart.lines(
              EVALUATIONS,
              "epoch",
              "return",
              List.of(
                  new Series("mean", epochs, numbers(evaluations, "mean_return")),
                  new Series("smallest", epochs, numbers(evaluations, "min_return"))),
              RunEpochs.of(run).best().stream()
                  .map(epoch -> new Marker(epoch, "epoch of the model"))
                  .toList()));
    }
    List<Episode> episodes = episodes(run);
    if (!episodes.isEmpty()) {
      blocks.add(episodeReturns(episodes));
    }
    return blocks;
  }

  private static List<StoredRow> set(List<StoredRow> rows, String name) {
    return rows.stream()
        .filter(row -> row.text("episode_set").filter(name::equals).isPresent())
        .toList();
  }

  private static Block test(StoredRow test) {
    return new Block.Facts(
        List.of(
            Fact.strong("mean test return", value(test, "mean_return")),
            new Fact("smallest test return", value(test, "min_return")),
            new Fact("largest test return", value(test, "max_return")),
            new Fact("test episodes", value(test, "episodes")),
            new Fact("epoch of the model", value(test, "epoch"))));
  }

  private static String value(StoredRow row, String column) {
    return Numbers.returned(number(row, column, Double.NaN));
  }

  /** Returns the episodes of all workers, in the order of their last steps. */
  private static List<Episode> episodes(RunRecord run) {
    List<Episode> episodes = new ArrayList<>();
    run.read(
        "episodes",
        Set.of("worker_step", "return", "epsilon"),
        row ->
            episodes.add(
                new Episode(
                    number(row, "worker_step", 0),
                    number(row, "return", Double.NaN),
                    number(row, "epsilon", Double.NaN))));
    episodes.sort(Comparator.comparingDouble(Episode::step));
    return episodes;
  }

  private static Block episodeReturns(List<Episode> all) {
    Thinned thinned = Thinned.to(MOST_POINTS, all.size());
    int[] shown = thinned.of(all.size(), i -> false);
    double[] steps = values(all, shown, Episode::step);
    double[] means = IntStream.of(shown).mapToDouble(i -> mean(all, i)).toArray();
    return Chart.lines(
        "Return of each episode while the workers learn and explore, and mean of "
            + WINDOW
            + " episodes"
            + thinned.note("episodes"),
        "step of the worker",
        "return",
        new Series("episode", steps, values(all, shown, Episode::rewards), Chart.Line.NONE),
        new Series("mean", steps, means));
  }

  private static double[] values(List<Episode> all, int[] shown, ToDoubleFunction<Episode> value) {
    return IntStream.of(shown).mapToDouble(i -> value.applyAsDouble(all.get(i))).toArray();
  }

  /** Returns the mean return of an episode and those before it: {@value #WINDOW} in all. */
  private static double mean(List<Episode> all, int last) {
    return all.subList(Math.max(0, last + 1 - WINDOW), last + 1).stream()
        .mapToDouble(Episode::rewards)
        .average()
        .orElseThrow();
  }

  /** Returns the loss of the rounds, and the exploration. */
  static List<Block> learning(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    RoundTotals totals = RoundTotals.of(run);
    int size = totals.binSize(MOST_POINTS);
    // Rounds before the first gradient step have no loss.
    List<Bin> bins = totals.bins(size).stream().filter(bin -> !Double.isNaN(bin.loss())).toList();
    if (!bins.isEmpty()) {
      blocks.add(
          Chart.lines(
              size == 1 ? "Loss of each round" : "Loss, means of " + size + " rounds",
              "round",
              "loss",
              new Series(
                  "loss",
                  bins.stream().mapToDouble(Bin::first).toArray(),
                  bins.stream().mapToDouble(Bin::loss).toArray())));
    }
    List<Episode> episodes = run.hasSucceeded() ? episodes(run) : List.of();
    if (!episodes.isEmpty()) {
      Thinned thinned = Thinned.to(MOST_POINTS, episodes.size());
      int[] shown = thinned.of(episodes.size(), i -> false);
      blocks.add(
          Chart.lines(
              "Exploration: probability of a random action at the end of an episode"
                  + thinned.note("episodes"),
              "step of the worker",
              "probability",
              new Series(
                  "random action",
                  values(episodes, shown, Episode::step),
                  values(episodes, shown, Episode::epsilon))));
    }
    return blocks;
  }
}
