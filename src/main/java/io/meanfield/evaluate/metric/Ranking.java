package io.meanfield.evaluate.metric;

import java.util.Optional;

/**
 * How well the scores of one class or label rank the examples. All values are empty if no example
 * or every example has the class.
 *
 * @param rocAuc the area under the ROC curve
 * @param averagePrecision the area under the precision-recall curve, as scikit-learn's {@code
 *     average_precision_score}
 * @param lift the share of the class among the tenth of the examples with the highest scores,
 *     divided by its share among all examples; of a group of equal scores that only partly belongs
 *     to the tenth, that part of its positives counts
 */
public record Ranking(
    Optional<Double> rocAuc, Optional<Double> averagePrecision, Optional<Double> lift) {
  /** The ranking of examples that do not differ in the class. */
  public static final Ranking UNDEFINED =
      new Ranking(Optional.empty(), Optional.empty(), Optional.empty());
}
