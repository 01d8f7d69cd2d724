package io.meanfield.pipeline.page;

import java.util.Map;
import java.util.TreeMap;

/** The queries whose rows the charts and tables of {@link ExampleRuns} must show. */
public final class Figures {
  private static final String BY_CLASS = " from {evaluation_by_class} order by class";
  private static final String IMPORTANCE = " from {importance} order by loss_increase desc";
  private static final String CONTRIBUTIONS =
      " from {mean_contributions} order by mean_absolute desc";
  private static final String PROBABILITY = " of class " + ExampleRuns.POSITIVE;

  private static final Map<String, String> LOSS =
      Map.of(
          "Loss by epoch",
          "select epoch, train_loss, validation_loss from {epochs} order by epoch");

  private static final Map<String, String> PLAY =
      Map.of(
          "Loss by epoch",
          "select epoch, train_loss from {epochs} order by epoch",
          "Monitored metric by epoch: mean_return",
          "select epoch, monitored from {epochs} order by epoch");

  private static final Map<String, String> ACCURACY =
      Map.of(
          "Accuracy by epoch",
          "select epoch, train_accuracy, validation_accuracy from {epochs} order by epoch");

  private static final Map<String, String> CLASSES =
      Map.of("Precision and recall by class", "select class, precision, recall" + BY_CLASS);

  private static final Map<String, String> PROBABILITIES =
      Map.of(
          "ROC curve" + PROBABILITY,
          "select x, y from {curves} where kind = 'roc'",
          "Precision-recall curve" + PROBABILITY,
          "select x, y from {curves} where kind = 'pr'",
          "Calibration: how often class "
              + ExampleRuns.POSITIVE
              + " occurs, by predicted probability",
          "select mean_predicted, observed from {calibration} where class = 1"
              + " order by mean_predicted",
          "Examples by their probability" + PROBABILITY + ", in steps of 0.1",
          "select id / 10, coalesce(examples - rint(examples * observed), 0),"
              + " coalesce(rint(examples * observed), 0) from range(10) left join"
              + " (select * from {calibration} where class = 1) on id = bin order by id");

  private static final Map<String, String> ERRORS =
      Map.of(
          "Predicted against actual value of random examples; on the dashed line they are equal",
          "select x, y from {curves} where kind = 'predicted'",
          "Histogram of the errors: predicted minus actual value",
          "select x, y from {curves} where kind = 'residual_histogram'");

  private static final Map<String, String> COLUMNS =
      Map.of(
          "Importance of the columns",
          "select column, loss_increase" + IMPORTANCE,
          "Contributions of the columns",
          "select column, mean_absolute" + CONTRIBUTIONS + " limit 10");

  private static final Map<String, String> METRICS_BY_CLASS =
      Map.of("Metrics by class", "select support, precision, recall, f1, roc_auc" + BY_CLASS);

  private static final Map<String, String> CONFUSION =
      Map.of(
          "Confusion matrix",
          "select `0`, `1`, `2`, `3`, `4`, `5`, `6`, `7`, `8`, `9`"
              + " from (select actual, predicted, count from {confusion})"
              + " pivot (sum(count) for predicted in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9))"
              + " order by actual");

  private static final Map<String, String> ALL_COLUMNS =
      Map.of(
          "Importance of all columns",
          "select loss_increase, deviation" + IMPORTANCE,
          "Contributions of all columns",
          "select mean_absolute, mean" + CONTRIBUTIONS);

  private Figures() {}

  /** Returns the queries of all charts of a page by caption: x, then the value of each line. */
  public static Map<String, String> charts(String run) {
    return switch (run) {
      case ExampleRuns.DIGITS -> all(LOSS, ACCURACY, CLASSES);
      case ExampleRuns.DIGITS_TEST -> CLASSES;
      case ExampleRuns.TABLE -> all(LOSS, ACCURACY, CLASSES, PROBABILITIES, COLUMNS);
      case ExampleRuns.TABLE_TEST -> all(CLASSES, PROBABILITIES, COLUMNS);
      case ExampleRuns.POLE -> PLAY;
      default -> all(LOSS, ERRORS, COLUMNS);
    };
  }

  /** Returns the queries of tables without a chart: the numbers, which are their last columns. */
  public static Map<String, String> tables(String run) {
    return switch (run) {
      case ExampleRuns.DIGITS -> all(METRICS_BY_CLASS, CONFUSION);
      case ExampleRuns.DIGITS_TEST -> all(METRICS_BY_CLASS, CONFUSION);
      case ExampleRuns.TABLE -> all(METRICS_BY_CLASS, ALL_COLUMNS);
      case ExampleRuns.TABLE_TEST -> all(METRICS_BY_CLASS, ALL_COLUMNS);
      case ExampleRuns.POLE -> Map.of();
      default -> all(ALL_COLUMNS);
    };
  }

  @SafeVarargs
  private static Map<String, String> all(Map<String, String>... some) {
    Map<String, String> all = new TreeMap<>();
    for (Map<String, String> each : some) {
      all.putAll(each);
    }
    return all;
  }
}
