package io.meanfield.evaluate.slice;

import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.TargetErrors;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The metrics of the rows that share a value of a column.
 *
 * @param name the value, or the range of a bin
 * @param metrics the one by which slices are sorted first
 */
public record Slice(String column, String name, Kind kind, long examples, List<Value> metrics) {
  private static final String LOSS = "loss";
  private static final String RMSE = "rmse";
  private static final String MAE = "mae";

  /** What the rows of a slice share. */
  public enum Kind {
    /** A value of the column. */
    VALUE,
    /** A range of numbers or times. */
    BIN,
    /** One of the values that are too rare for slices of their own. */
    OTHER,
    /** That the column has no value. */
    MISSING,
    /** Nothing: all rows, to compare the slices with. */
    ALL;

    /** Returns the value in the column {@code kind}. */
    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A metric; the bounds of its 95 % interval are NaN if they are unknown. */
  public record Value(String metric, double value, double low, double high) {
    private static Value of(String metric, double value, Interval interval) {
      return new Value(metric, value, interval.low(), interval.high());
    }
  }

  static Slice of(
      String column,
      String name,
      Kind kind,
      SliceSums sums,
      Evaluation evaluation,
      OutputSpec outputs,
      List<String> targets) {
    List<TargetErrors> each = evaluation.targets();
    return new Slice(
        column,
        name,
        kind,
        sums.rows(),
        !each.isEmpty() && each.size() == targets.size()
            ? errors(each, targets)
            : metrics(sums, evaluation, outputs));
  }

  /** Returns the errors of each of several targets, whose units may differ. */
  private static List<Value> errors(List<TargetErrors> errors, List<String> targets) {
    List<Value> values = new ArrayList<>();
    for (TargetErrors each : errors) {
      String target = targets.get(each.target());
      values.add(new Value(RMSE + "_" + target, each.rmse(), Double.NaN, Double.NaN));
      values.add(new Value(MAE + "_" + target, each.mae(), Double.NaN, Double.NaN));
    }
    return List.copyOf(values);
  }

  private static List<Value> metrics(SliceSums sums, Evaluation evaluation, OutputSpec outputs) {
    List<Value> metrics = new ArrayList<>();
    if (outputs.areQuantiles()) {
      metrics.add(mean("pinball", SliceSums.Quantity.LOSS, sums));
      metrics.add(mean(MAE, SliceSums.Quantity.ABSOLUTE_ERROR, sums));
    } else if (outputs.taskType() == TaskType.REGRESSION) {
      Interval squared = sums.interval(SliceSums.Quantity.SQUARED_ERROR);
      double mse = sums.mean(SliceSums.Quantity.SQUARED_ERROR);
      metrics.add(Value.of(RMSE, Math.sqrt(mse), squared.root()));
      metrics.add(mean(MAE, SliceSums.Quantity.ABSOLUTE_ERROR, sums));
    } else {
      metrics.add(mean(LOSS, SliceSums.Quantity.LOSS, sums));
      evaluation
          .value("accuracy")
          .ifPresent(share -> metrics.add(Value.of("accuracy", share, sums.ofAll(share))));
    }
    if (outputs.hasTwoClasses()) {
      evaluation
          .value("roc_auc")
          .ifPresent(area -> metrics.add(Value.of("roc_auc", area, sums.ofArea(area))));
      evaluation
          .value("precision")
          .filter(share -> sums.isPredicted())
          .ifPresent(share -> metrics.add(Value.of("precision", share, sums.ofPredicted(share))));
      evaluation
          .value("recall")
          .filter(share -> sums.isActual())
          .ifPresent(share -> metrics.add(Value.of("recall", share, sums.ofActual(share))));
    }
    if (outputs.hasTwoClasses() || (outputs.classes() == 0 && outputs.width() == 1)) {
      metrics.add(mean("mean_error", SliceSums.Quantity.ERROR, sums));
    }
    return List.copyOf(metrics);
  }

  private static Value mean(String metric, SliceSums.Quantity quantity, SliceSums sums) {
    return Value.of(metric, sums.mean(quantity), sums.interval(quantity));
  }

  /**
   * Returns the error by which slices are sorted: RMSE of a regression, of its first target if it
   * has several, else the mean loss, which is the pinball loss of quantiles.
   */
  public double error() {
    return metrics.get(0).value();
  }
}
