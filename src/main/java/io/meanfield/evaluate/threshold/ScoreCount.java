package io.meanfield.evaluate.threshold;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;

/**
 * The examples that have the same score, or any score.
 *
 * @param positives the sum of the weights of those of class 1; without weights, their number
 * @param negatives the sum of the weights of those of class 0
 */
@DefaultSerializer(JavaSerializer.class)
public record ScoreCount(float score, double positives, double negatives) implements Serializable {

  /**
   * Returns the best cut at one of the scores.
   *
   * @param descending the scores, each once, from the largest to the smallest
   * @param positives the weight of all examples of class 1
   * @return empty if there are no scores
   */
  public static Optional<Cut> best(
      Iterator<ScoreCount> descending, double positives, Comparator<Cut> order) {
    Optional<Cut> best = Optional.empty();
    ScoreCount sum = new ScoreCount(Float.NEGATIVE_INFINITY, 0, 0);
    while (descending.hasNext()) {
      ScoreCount next = descending.next();
      sum = sum.plus(next);
      Cut cut = new Cut(next.score(), sum.positives(), sum.negatives(), positives);
      best = Optional.of(best.filter(other -> order.compare(other, cut) >= 0).orElse(cut));
    }
    return best;
  }

  /** Returns the sum of the examples, with the score of {@code other}. */
  public ScoreCount plus(ScoreCount other) {
    return new ScoreCount(other.score, positives + other.positives, negatives + other.negatives);
  }

  /**
   * Returns the cut above the largest score, from which no example is predicted to have class 1.
   */
  public static Cut none(float largestScore, double positives) {
    return new Cut(Math.nextUp(largestScore), 0, 0, positives);
  }
}
