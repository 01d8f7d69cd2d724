package io.meanfield.evaluate.threshold;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A threshold with the numbers of examples on both of its sides.
 *
 * @param threshold examples with this score or a larger one are predicted to have class 1
 * @param truePositives the examples from the threshold on that have class 1
 * @param falsePositives the examples from the threshold on that have class 0
 * @param positives all examples that have class 1; at least 1
 */
@DefaultSerializer(JavaSerializer.class)
public record Cut(float threshold, long truePositives, long falsePositives, long positives)
    implements Serializable {

  /** Returns the share of the predicted examples that have class 1; 0 if none is predicted. */
  public double precision() {
    long predicted = truePositives + falsePositives;
    return predicted == 0 ? 0 : (double) truePositives / predicted;
  }

  /** Returns the share of the examples with class 1 that are predicted. */
  public double recall() {
    return (double) truePositives / positives;
  }

  /** Returns the harmonic mean of precision and recall. */
  public double f1() {
    return 2.0 * truePositives / (truePositives + falsePositives + positives);
  }

  long falseNegatives() {
    return positives - truePositives;
  }
}
