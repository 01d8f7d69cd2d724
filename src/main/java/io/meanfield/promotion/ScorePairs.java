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
   * @param positive whether each example has class 1
   * @param champion the champion's score for each example
   * @param challenger the challenger's score for each example
   * @param weights the weight of each example
   */
  public ScorePairs(boolean[] positive, float[] champion, float[] challenger, double[] weights) {
    if (positive.length != champion.length || positive.length != challenger.length) {
      throw new IllegalArgumentException(
          "one score of each model per example is needed, found "
              + champion.length
              + " and "
              + challenger.length
              + " for "
              + positive.length);
    }
    this.examples = positive.length;
    this.champion = RankedExamples.of(champion, positive, weights);
    this.challenger = RankedExamples.of(challenger, positive, weights);
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
