package io.meanfield.promotion;

import java.util.List;
import java.util.Optional;

/**
 * A model's result on the test examples.
 *
 * @param value the value of the metric
 * @param recalls the recall of each class; empty in a regression
 * @param threshold from which the model predicts class 1; empty unless there are two classes
 */
public record ModelScore(double value, List<Double> recalls, Optional<Float> threshold) {
  public ModelScore {
    recalls = List.copyOf(recalls);
  }

  /** Creates the result of a model without a threshold. */
  public ModelScore(double value, List<Double> recalls) {
    this(value, recalls, Optional.empty());
  }
}
