package io.meanfield.pipeline.page;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of metrics as people write them. */
final class MetricName {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("auc", "AUC"),
          Map.entry("brier", "Brier"),
          Map.entry("f1", "F1"),
          Map.entry("mae", "MAE"),
          Map.entry("mse", "MSE"),
          Map.entry("pr", "PR"),
          Map.entry("r2", "R²"),
          Map.entry("rmse", "RMSE"),
          Map.entry("roc", "ROC"));

  private MetricName() {}

  /** Returns a name such as "ROC AUC macro" for {@code roc_auc_macro}. */
  static String shown(String metric) {
    return Arrays.stream(metric.split("_"))
        .map(word -> WORDS.getOrDefault(word, word))
        .collect(Collectors.joining(" "));
  }
}
