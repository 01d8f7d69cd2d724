package io.meanfield.promotion;

/**
 * The classes of examples, of which there are two, and the scores that two models give class 1.
 * Each model's examples are sorted once; a resample is then one walk over counts.
 */
public final class ScorePairs {
  private final int examples;
  private final RankedExamples champion;
  private final RankedExamples challenger;

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
    this.champion = RankedExamples.of(champion, actual, weights);
    this.challenger = RankedExamples.of(challenger, actual, weights);
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
}
