package io.meanfield.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.evaluate.metric.Ranking;
import io.meanfield.evaluate.threshold.ScoreCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RankingsTest {
  /**
   * Returns the area by its definition: the fraction of pairs in the right order, where ties count
   * half.
   */
  private static double pairs(List<Float> positives, List<Float> negatives) {
    double right = 0;
    for (float positive : positives) {
      for (float negative : negatives) {
        long p = ScoreSums.rank(positive);
        long n = ScoreSums.rank(negative);
        right += p > n ? 1 : p == n ? 0.5 : 0;
      }
    }
    return right / (positives.size() * (double) negatives.size());
  }

  @Property
  void areaIsTheFractionOfPairsInOrder(
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -2, max = 2) Float> positives,
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -2, max = 2) Float> negatives) {
    SortedMap<Long, long[]> counts = new TreeMap<>(Comparator.reverseOrder());
    positives.forEach(
        score -> counts.computeIfAbsent(ScoreSums.rank(score), rank -> new long[2])[0]++);
    negatives.forEach(
        score -> counts.computeIfAbsent(ScoreSums.rank(score), rank -> new long[2])[1]++);
    List<ScoreCount> bins = new ArrayList<>();
    counts.forEach((rank, count) -> bins.add(new ScoreCount(rank, count[0], count[1])));
    assertThat(Rankings.of(bins).rocAuc().orElseThrow())
        .isCloseTo(pairs(positives, negatives), within(1e-12));
  }

  @Example
  void classOfAllExamplesOrOfNoneHasNoRanking() {
    assertThat(Rankings.of(List.of(new ScoreCount(1, 5, 0)))).isEqualTo(Ranking.UNDEFINED);
    assertThat(Rankings.of(List.of(new ScoreCount(1, 0, 5)))).isEqualTo(Ranking.UNDEFINED);
  }

  // The example of scikit-learn's documentation of average_precision_score: 0.83.
  @Example
  void averagePrecisionIsThatOfScikitLearn() {
    List<ScoreCount> bins =
        List.of(
            new ScoreCount(80, 1, 0),
            new ScoreCount(40, 0, 1),
            new ScoreCount(35, 1, 0),
            new ScoreCount(10, 0, 1));
    assertThat(Rankings.of(bins).averagePrecision().orElseThrow())
        .isCloseTo(0.5 * 1 + 0.5 * (2 / 3.0), within(1e-12));
  }

  /** Sums precision times increase of recall over the distinct scores, as the definition does. */
  @Property
  void averagePrecisionCountsEqualScoresTogether(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 5) Integer> positives,
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 5) Integer> negatives) {
    List<ScoreCount> bins = new ArrayList<>();
    double expected = 0;
    for (int score = 5; score >= 0; score--) {
      int from = score;
      long here = positives.stream().filter(each -> each == from).count();
      long wrong = negatives.stream().filter(each -> each == from).count();
      if (here + wrong > 0) {
        bins.add(new ScoreCount(score, here, wrong));
      }
      long found = positives.stream().filter(each -> each >= from).count();
      long wrongly = negatives.stream().filter(each -> each >= from).count();
      if (found > 0) {
        expected += here / (double) positives.size() * found / (found + wrongly);
      }
    }
    assertThat(Rankings.of(bins).averagePrecision().orElseThrow())
        .isCloseTo(expected, within(1e-12));
  }

  @Example
  void liftIsTheShareInTheTopTenthDividedByTheShareInAll() {
    List<ScoreCount> bins =
        List.of(
            new ScoreCount(9, 6, 2), // 8 of the top 10
            new ScoreCount(5, 2, 6), // 2 of these 8 belong to the top 10: 0.5 positives
            new ScoreCount(1, 2, 82));
    assertThat(Rankings.of(bins).lift().orElseThrow())
        .isCloseTo((6.5 / 10) / (10 / 100.0), within(1e-12));
  }

  @Example
  void equalScoresHaveTheRankingOfChance() {
    Ranking ranking = Rankings.of(List.of(new ScoreCount(1, 6, 94)));
    assertThat(ranking.rocAuc()).contains(0.5);
    assertThat(ranking.averagePrecision().orElseThrow()).isCloseTo(0.06, within(1e-12));
    assertThat(ranking.lift().orElseThrow()).isCloseTo(1, within(1e-12));
  }
}
