package io.meanfield.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.Threshold;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The columns of a classification.
 *
 * @param columns those that are switched on, in the order of the schema
 * @param thresholds Spark's thresholds of the classes, which win over {@code threshold}; empty for
 *     none
 * @param threshold of the model
 */
@DefaultSerializer(JavaSerializer.class)
record ClassColumns(List<Column> columns, double[] thresholds, Threshold threshold)
    implements BatchScoring.OutputColumns {
  /** A column that the model can add. */
  enum Column {
    RAW_PREDICTION,
    PROBABILITY,
    PREDICTION
  }

  @Override
  public Object[] of(float[] outputs) {
    double[] probabilities = probabilities(outputs);
    List<Object> values = new ArrayList<>();
    for (Column column : columns) {
      values.add(
          switch (column) {
            case RAW_PREDICTION, PROBABILITY -> new DenseVector(probabilities.clone());
            case PREDICTION -> prediction(outputs);
          });
    }
    return values.toArray();
  }

  /** Returns the probability of each class; a network with one output gives that of class 1. */
  static double[] probabilities(float[] outputs) {
    if (outputs.length == 1) {
      return new double[] {1.0 - outputs[0], outputs[0]};
    }
    double[] probabilities = new double[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      probabilities[i] = outputs[i];
    }
    return probabilities;
  }

  private double prediction(float[] outputs) {
    return thresholds.length == 0 && threshold.isSet()
        ? threshold.predictedClass(outputs, 0, outputs.length)
        : largestRatio(probabilities(outputs));
  }

  /**
   * Returns the class with the largest ratio of probability to threshold, as Spark's classifiers
   * do. A class with threshold 0 has the ratio infinity, or none if its probability is 0.
   */
  private double largestRatio(double[] probabilities) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < probabilities.length; i++) {
      double ratio = thresholds.length == 0 ? probabilities[i] : probabilities[i] / thresholds[i];
      if (ratio > largest) {
        largest = ratio;
        best = i;
      }
    }
    return best;
  }
}
