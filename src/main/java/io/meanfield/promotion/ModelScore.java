package io.meanfield.promotion;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's result on the test examples.
 *
 * @param value the value of the metric
 * @param recalls the recall of each class; empty in a regression
 * @param threshold from which the model predicts class 1; empty unless there are two classes
 * @param coverage the share of the examples that the intervals or sets of the first level contain,
 *     the smallest of several targets; empty if the model has none
 * @param errors of the rows that share a value of a column, by the column and the value; those of
 *     the columns of {@link PromotionRule#maxDropBy}
 */
public record ModelScore(
    double value,
    List<Double> recalls,
    Optional<Float> threshold,
    Optional<Double> coverage,
    Map<String, Map<String, Double>> errors) {
  public ModelScore {
    recalls = List.copyOf(recalls);
    errors = Map.copyOf(errors);
  }

  /** Creates the result of a model without a threshold and without intervals. */
  public ModelScore(double value, List<Double> recalls) {
    this(value, recalls, Optional.empty(), Optional.empty(), Map.of());
  }
}
