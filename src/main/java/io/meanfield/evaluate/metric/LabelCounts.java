package io.meanfield.evaluate.metric;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Sums, for each class or label, the weights of the examples that have it, of those for which it is
 * predicted, and of those for which both is true.
 *
 * @param sums of a metric
 * @param first the first of the {@link #sums(int)} of the labels
 */
@DefaultSerializer(JavaSerializer.class)
record LabelCounts(double[] sums, int first, int labels) implements Serializable {
  /** Returns the number of sums of a number of labels. */
  static int sums(int labels) {
    return 3 * labels;
  }

  /** Adds an example with a weight. */
  void add(PredictionBlock block, int row, double weight) {
    if (block.spec().isSingleLabel()) {
      addClass(block.actual(row), block.predicted(row), weight);
    } else {
      addLabels(block, row, weight);
    }
  }

  private void addClass(int actual, int predictedClass, double weight) {
    sums[first + actual] += weight;
    sums[first + labels + predictedClass] += weight;
    sums[first + 2 * labels + actual] += actual == predictedClass ? weight : 0;
  }

  private void addLabels(PredictionBlock block, int row, double weight) {
    for (int label = 0; label < labels; label++) {
      add(label, block.isActual(row, label), block.isPredicted(row, label), weight);
    }
  }

  void add(int label, boolean actual, boolean isPredicted, double weight) {
    sums[first + label] += actual ? weight : 0;
    sums[first + labels + label] += isPredicted ? weight : 0;
    sums[first + 2 * labels + label] += actual && isPredicted ? weight : 0;
  }

  /** Returns the weight of the examples that have the label. */
  double support(int label) {
    return sums[first + label];
  }

  /** Returns the weight of the examples for which the label is predicted. */
  double predicted(int label) {
    return sums[first + labels + label];
  }

  private double truePositives(int label) {
    return sums[first + 2 * labels + label];
  }

  /**
   * Returns the weight of the wrong labels: predicted for an example without the label, or not
   * predicted for an example with it.
   */
  double errors() {
    return IntStream.range(0, labels)
        .mapToDouble(label -> support(label) + predicted(label) - 2 * truePositives(label))
        .sum();
  }

  /**
   * Returns the fraction of the examples predicted to have the label that have it; 0 if there are
   * none.
   */
  double precision(int label) {
    return fraction(truePositives(label), predicted(label));
  }

  /**
   * Returns the fraction of the examples with the label for which it is predicted; 0 if there are
   * none.
   */
  double recall(int label) {
    return fraction(truePositives(label), support(label));
  }

  /** Returns the harmonic mean of precision and recall. */
  double f1(int label) {
    return fraction(2 * truePositives(label), predicted(label) + support(label));
  }

  private static double fraction(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
