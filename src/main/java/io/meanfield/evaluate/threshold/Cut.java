package io.meanfield.evaluate.threshold;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A threshold with the weights of the examples on both of its sides; without weights, their
 * numbers.
 *
 * @param threshold examples with this score or a larger one are predicted to have class 1
 * @param truePositives the examples from the threshold on that have class 1
 * @param falsePositives the examples from the threshold on that have class 0
 * @param positives all examples that have class 1; above 0
 */
@DefaultSerializer(JavaSerializer.class)
public record Cut(float threshold, double truePositives, double falsePositives, double positives)
    implements Serializable {

  /** Returns the share of the predicted examples that have class 1; 0 if none is predicted. */
  public double precision() {
    double predicted = truePositives + falsePositives;
    return predicted == 0 ? 0 : truePositives / predicted;
  }

  /** Returns the share of the examples with class 1 that are predicted. */
  public double recall() {
    return truePositives / positives;
  }

  /** Returns the harmonic mean of precision and recall. */
  public double f1() {
    return 2 * truePositives / (truePositives + falsePositives + positives);
  }
}
