package io.meanfield.evaluate.baseline;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The metrics by which people compare models, the most telling one first. */
public final class ShownMetrics {
  // Where nine of ten examples have the same class, a model that knows nothing has 90 % accuracy.
  private static final double RARE = 0.9;

  private ShownMetrics() {}

  /**
   * Returns the names of the metrics.
   *
   * @param constant the metrics of the model that always predicts the mean, the quantile or the
   *     most frequent class
   */
  public static List<String> of(Map<String, Double> constant) {
    Predicate<String> isKnown = constant::containsKey;
    boolean isRare = constant.getOrDefault("accuracy", 0.0) >= RARE;
    if (constant.containsKey("pinball")) {
      return List.of("pinball", "quantile_error", "mae");
    }
    List<String> names =
        constant.containsKey("rmse")
            ? List.of("rmse", "mae", "r2")
            : constant.containsKey("pr_auc") ? ofTwoClasses(isRare) : ofClasses(isRare);
    return names.stream().filter(isKnown).toList();
  }

  private static List<String> ofTwoClasses(boolean isRare) {
    return isRare
        ? List.of("pr_auc", "roc_auc", "accuracy")
        : List.of("accuracy", "roc_auc", "pr_auc");
  }

  private static List<String> ofClasses(boolean isRare) {
    return isRare
        ? List.of("macro_f1", "roc_auc_macro", "accuracy")
        : List.of("accuracy", "macro_f1", "roc_auc_macro");
  }
}
