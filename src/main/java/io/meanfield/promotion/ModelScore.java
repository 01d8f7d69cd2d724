package io.meanfield.promotion;

import java.util.List;

/**
 * A model's result on the test examples.
 *
 * @param value the value of the metric
 * @param recalls the recall of each class; empty in a regression
 */
public record ModelScore(double value, List<Double> recalls) {
  public ModelScore {
    recalls = List.copyOf(recalls);
  }
}
