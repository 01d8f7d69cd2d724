package io.meanfield.evaluate.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The best cut is compared with all cuts, whose examples are counted one by one. */
class ObjectiveTest {
  /** Scores of examples of class 1 and of class 0, in tenths. */
  private record Examples(List<Integer> positives, List<Integer> negatives) {
    List<ScoreCount> descending() {
      TreeMap<Integer, ScoreCount> counts = new TreeMap<>(Comparator.reverseOrder());
      positives.forEach(
          each -> counts.merge(each, new ScoreCount(each / 10f, 1, 0), ScoreCount::plus));
      negatives.forEach(
          each -> counts.merge(each, new ScoreCount(each / 10f, 0, 1), ScoreCount::plus));
      return List.copyOf(counts.values());
    }

    Cut cut(float threshold) {
      return new Cut(
          threshold,
          positives.stream().filter(each -> each / 10f >= threshold).count(),
          negatives.stream().filter(each -> each / 10f >= threshold).count(),
          positives.size());
    }

    List<Cut> cuts() {
      return descending().stream().map(count -> cut(count.score())).toList();
    }

    Cut best(Objective objective) {
      return objective.best(descending(), 2).orElseThrow();
    }

    Cut largest(ToDoubleFunction<Cut> value) {
      return cuts().stream()
          .max(Comparator.comparingDouble(value).thenComparingDouble(Cut::threshold))
          .orElseThrow();
    }
  }

  @Property
  void largestF1IsThatOfAllCuts(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> positives,
      @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 9) Integer> negatives) {
    Examples examples = new Examples(positives, negatives);
    Cut best = examples.best(new Objective.LargestF1());
    assertThat(best).isEqualTo(examples.largest(Cut::f1));
    double harmonicMean = 2 * best.precision() * best.recall() / (best.precision() + best.recall());
    assertThat(best.f1()).isCloseTo(harmonicMean, within(1e-12));
  }

  @Property
  void leastRecallHasTheLargestPrecisionOfTheCutsThatReachIt(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> positives,
      @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 9) Integer> negatives,
      @ForAll @DoubleRange(min = 0.01, max = 1) double recall) {
    Examples examples = new Examples(positives, negatives);
    Cut best = examples.best(new Objective.LeastRecall(recall));
    assertThat(best.recall()).isGreaterThanOrEqualTo(recall);
    assertThat(best).isEqualTo(examples.cut(best.threshold()));
    assertThat(examples.cuts())
        .filteredOn(cut -> cut.recall() >= recall)
        .allMatch(cut -> cut.precision() <= best.precision());
  }

  @Property
  void leastPrecisionHasTheLargestRecallOfTheCutsThatReachItOrTheLargestPrecision(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> positives,
      @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 9) Integer> negatives,
      @ForAll @DoubleRange(min = 0.01, max = 1) double precision) {
    Examples examples = new Examples(positives, negatives);
    Objective objective = new Objective.LeastPrecision(precision);
    Cut best = examples.best(objective);
    List<Cut> reached =
        examples.cuts().stream().filter(cut -> cut.precision() >= precision).toList();
    assertThat(objective.isReachedBy(best)).isEqualTo(!reached.isEmpty());
    assertThat(reached).allMatch(cut -> cut.recall() <= best.recall());
    if (reached.isEmpty()) {
      assertThat(examples.cuts()).allMatch(cut -> cut.precision() <= best.precision());
    }
  }

  @Example
  void oneClassHasNoCut() {
    List<ScoreCount> one = List.of(new ScoreCount(0.7f, 2, 0), new ScoreCount(0.1f, 1, 0));
    assertThat(new Objective.LargestF1().best(one, 2)).isEmpty();
    assertThat(new Objective.LargestF1().best(List.of(), 2)).isEmpty();
  }

  @Example
  void noPredictionIsWorseThanAnyForF1() {
    Cut none = new Cut(1, 0, 0, 2);
    assertThat(none.precision()).isZero();
    assertThat(new Objective.LargestF1().order().compare(none, new Cut(0.9f, 1, 9, 2)))
        .isNegative();
  }
}
