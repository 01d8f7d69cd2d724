package io.meanfield.evaluate.threshold;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The examples that have the same score, or any score.
 *
 * @param positives the sum of the weights of those of class 1; without weights, their number
 * @param negatives the sum of the weights of those of class 0
 */
@DefaultSerializer(JavaSerializer.class)
public record ScoreCount(float score, double positives, double negatives) implements Serializable {

  /** Returns the sum of the examples, with the score of {@code other}. */
  ScoreCount plus(ScoreCount other) {
    return new ScoreCount(other.score, positives + other.positives, negatives + other.negatives);
  }
}
