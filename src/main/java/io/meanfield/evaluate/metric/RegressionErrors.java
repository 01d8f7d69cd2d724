package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Weighted mean squared error, mean absolute error and coefficient of determination (R2) of a
 * regression. The targets' weighted squared distances from their mean (m2) are summed by the
 * formulas of West 1979 and, for two sets, of Chan, Golub and LeVeque 1979, so large targets lose
 * no precision.
 */
final class RegressionErrors implements Metric<RegressionErrors> {
  static final MetricType TYPE =
      new MetricType(
          names(),
          outputs -> outputs.taskType() == TaskType.REGRESSION,
          outputs -> new RegressionErrors(outputs.width()));
  private static final long serialVersionUID = 1L;

  private final double[] squared;
  private final double[] absolute;
  private final double[] mean;
  private final double[] m2;
  private double weight;

  private static List<MetricName> names() {
    return Stream.concat(MetricName.errors("mse", "mae").stream(), MetricName.scores("r2").stream())
        .toList();
  }

  private RegressionErrors(int outputs) {
    this.squared = new double[outputs];
    this.absolute = new double[outputs];
    this.mean = new double[outputs];
    this.m2 = new double[outputs];
  }

  @Override
  public void add(PredictionBlock block, int row) {
    double added = block.weight(row);
    if (added == 0) {
      return;
    }
    weight += added;
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
  public void merge(RegressionErrors other) {
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
  }

  @Override
  public void report(MetricReport report) {
    report.value("mse", mean(squared));
    report.value("mae", mean(absolute));
    report.value("r2", r2());
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
      if (m2[i] > 0) {
        sum += 1 - squared[i] / m2[i];
        outputs++;
      }
    }
    return outputs == 0 ? Optional.empty() : Optional.of(sum / outputs);
  }
}
