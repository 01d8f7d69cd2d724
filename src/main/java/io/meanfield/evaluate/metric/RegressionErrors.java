package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Weighted mean squared error, its root, mean absolute error and coefficient of determination (R2)
 * of a regression. The targets' weighted squared distances from their mean (m2) are summed by the
 * formulas of West 1979 and, for two sets, of Chan, Golub and LeVeque 1979, so large targets lose
 * no precision.
 *
 * <p>Notes a model that is no better than predicting the mean of the targets, if there are {@value
 * ConstantModel#MIN_EXAMPLES} examples or more and the outputs are no quantiles.
 */
final class RegressionErrors extends Metric {
  static final MetricType TYPE =
      new MetricType(
          List.of("mse", "rmse", "mae"),
          List.of("r2"),
          outputs -> outputs.taskType() == TaskType.REGRESSION,
          outputs -> new RegressionErrors(outputs.width(), !outputs.areQuantiles()));
  private static final long serialVersionUID = 1L;
  private static final double ROUNDING = 1e-6; // of a model whose outputs are all the mean

  private final double[] squared;
  private final double[] absolute;
  private final double[] mean;
  private final double[] m2;
  private final boolean areMeans;
  private double weight;
  private long examples;

  private RegressionErrors(int outputs, boolean areMeans) {
    super(0); // means are not added
    this.areMeans = areMeans;
    this.squared = new double[outputs];
    this.absolute = new double[outputs];
    this.mean = new double[outputs];
    this.m2 = new double[outputs];
  }

  @Override
  void add(PredictionBlock block, int row) {
    double added = block.weight(row);
    if (added == 0) {
      return;
    }
    weight += added;
    examples++;
    for (int i = 0; i < squared.length; i++) {
      double target = block.target(row, i);
      double error = block.output(row, i) - target;
      squared[i] += added * (error * error);
      absolute[i] += added * Math.abs(error);
      double distance = target - mean[i];
      mean[i] += added * distance / weight;
      m2[i] += added * (distance * (target - mean[i]));
    }
  }

  @Override
  void merge(Metric metric) {
    RegressionErrors other = (RegressionErrors) metric;
    if (other.weight == 0) {
      return;
    }
    double all = weight + other.weight;
    for (int i = 0; i < squared.length; i++) {
      double distance = other.mean[i] - mean[i];
      squared[i] += other.squared[i];
      absolute[i] += other.absolute[i];
      m2[i] += other.m2[i] + distance * distance * (weight * other.weight / all);
      mean[i] += distance * other.weight / all;
    }
    weight = all;
    examples += other.examples;
  }

  @Override
  void report(MetricReport report) {
    report.value("mse", mean(squared));
    report.value("rmse", Math.sqrt(mean(squared)));
    report.value("mae", mean(absolute));
    Optional<Double> r2 = r2();
    report.value("r2", r2);
    if (squared.length > 1) {
      IntStream.range(0, squared.length).mapToObj(this::errors).forEach(report.targets()::add);
    }
    r2.filter(value -> areMeans && value < ROUNDING && examples >= ConstantModel.MIN_EXAMPLES)
        .ifPresent(value -> report.notes().add(note(value)));
  }

  private TargetErrors errors(int output) {
    return new TargetErrors(
        output, Math.sqrt(squared[output] / weight), absolute[output] / weight, r2(output));
  }

  private static String note(double r2) {
    return String.format(
        Locale.ROOT,
        "the model is no better than predicting the mean of the targets: its R2 is %.4f",
        Math.abs(r2) < ROUNDING ? 0 : r2);
  }

  /** Returns the weighted mean over examples, and the mean over outputs. */
  private double mean(double[] sums) {
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum / sums.length / weight;
  }

  /** Returns the mean R2 of the outputs whose targets differ; empty if there are none. */
  private Optional<Double> r2() {
    double sum = 0;
    int outputs = 0;
    for (int i = 0; i < m2.length; i++) {
      Optional<Double> r2 = r2(i);
      sum += r2.orElse(0.0);
      outputs += r2.isPresent() ? 1 : 0;
    }
    return outputs == 0 ? Optional.empty() : Optional.of(sum / outputs);
  }

  private Optional<Double> r2(int output) {
    return m2[output] > 0 ? Optional.of(1 - squared[output] / m2[output]) : Optional.empty();
  }
}
