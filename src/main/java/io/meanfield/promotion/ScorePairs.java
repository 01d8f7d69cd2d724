package io.meanfield.promotion;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The classes of examples, of which there are two, and the scores that two models give class 1.
 * Each model's examples are sorted once; a resample is then one walk over counts.
 */
public final class ScorePairs {
  private final int examples;
  private final Ranking champion;
  private final Ranking challenger;

  /**
   * Sorts the examples by each model's scores.
   *
   * @param actual the class of each example, 0 or 1
   * @param champion the champion's score for each example
   * @param challenger the challenger's score for each example
   * @param weights the weight of each example
   */
  public ScorePairs(int[] actual, double[] champion, double[] challenger, double[] weights) {
    this.examples = actual.length;
    this.champion = Ranking.of(champion, actual, weights);
    this.challenger = Ranking.of(challenger, actual, weights);
  }

  int examples() {
    return examples;
  }

  /** Returns by how much the challenger's average precision is better on the drawn examples. */
  double averagePrecisionImprovement(int[] draws) {
    int[] times = new int[examples];
    for (int draw : draws) {
      times[draw]++;
    }
    return challenger.averagePrecision(times) - champion.averagePrecision(times);
  }

  /**
   * Examples in the order of falling scores.
   *
   * @param example the index of each example
   * @param isLastOfTie whether the next example has a lower score
   * @param positive the weight of each example that has class 1, else 0
   * @param weight the weight of each example
   */
  private record Ranking(int[] example, boolean[] isLastOfTie, double[] positive, double[] weight) {
    static Ranking of(double[] scores, int[] actual, double[] weights) {
      int[] order =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -scores[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      boolean[] lasts = new boolean[order.length];
      double[] positive = new double[order.length];
      double[] weight = new double[order.length];
      for (int i = 0; i < order.length; i++) {
        boolean isLast = i == order.length - 1;
        lasts[i] = isLast || scores[order[i]] != scores[order[i + 1]];
        weight[i] = weights[order[i]];
        positive[i] = actual[order[i]] == 1 ? weight[i] : 0;
      }
      return new Ranking(order, lasts, positive, weight);
    }

    /**
     * Returns the average precision of a resample: the sum of precision times increase of recall
     * over all scores, as the metric {@code pr_auc}; 0 if no drawn example has class 1.
     *
     * @param times how often each example was drawn
     */
    double averagePrecision(int[] times) {
      double found = 0;
      double all = 0;
      double tied = 0;
      double sum = 0;
      for (int i = 0; i < example.length; i++) {
        int drawn = times[example[i]];
        tied += drawn * positive[i];
        all += drawn * weight[i];
        if (isLastOfTie[i] && tied > 0) {
          found += tied;
          sum += tied * (found / all);
          tied = 0;
        }
      }
      return found == 0 ? 0 : sum / found;
    }
  }
}
