package io.meanfield.pipeline.page;

import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.report.ReadableNumber;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A metric as pages show it; an accuracy in percent.
 *
 * @param name as status.json has it, such as {@code validation_accuracy}
 */
public record ShownMetric(String name) {
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

  /** Returns the name as people write it, such as "ROC AUC macro" for {@code roc_auc_macro}. */
  public String words() {
    return Arrays.stream(name.split("_"))
        .map(word -> WORDS.getOrDefault(word, word))
        .collect(Collectors.joining(" "));
  }

  /** Returns a value as text, such as "97.00 %". */
  String text(double value) {
    return Metrics.isShare(name) ? Numbers.percent(value) : ReadableNumber.text(value);
  }
}
