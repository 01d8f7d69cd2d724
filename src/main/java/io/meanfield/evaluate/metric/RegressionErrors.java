package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;
import java.util.List;
import java.util.Optional;

/**
 * Mean squared error, mean absolute error and coefficient of determination (R2) of a regression.
 * The targets' squared distances from their mean (m2) are summed by the pairwise formula of Chan,
 * Golub and LeVeque 1979, so large targets lose no precision.
 */
final class RegressionErrors implements Metric<RegressionErrors> {
  static final MetricType TYPE =
      new MetricType(
          List.of("mse", "mae", "r2"),
          outputs -> outputs.taskType() == TaskType.REGRESSION,
          outputs -> new RegressionErrors(outputs.width()));
  private static final long serialVersionUID = 1L;

  private final double[] squared;
  private final double[] absolute;
  private final double[] mean;
  private final double[] m2;
  private long examples;

  private RegressionErrors(int outputs) {
    this.squared = new double[outputs];
    this.absolute = new double[outputs];
    this.mean = new double[outputs];
    this.m2 = new double[outputs];
  }

  @Override
  public void add(PredictionBlock block, int row) {
    examples++;
    for (int i = 0; i < squared.length; i++) {
      double target = block.target(row, i);
      double error = block.output(row, i) - target;
      squared[i] += error * error;
      absolute[i] += Math.abs(error);
      double distance = target - mean[i];
      mean[i] += distance / examples;
      m2[i] += distance * (target - mean[i]);
    }
  }

  @Override
  public void merge(RegressionErrors other) {
    if (other.examples == 0) {
      return;
    }
    long all = examples + other.examples;
    for (int i = 0; i < squared.length; i++) {
      double distance = other.mean[i] - mean[i];
      squared[i] += other.squared[i];
      absolute[i] += other.absolute[i];
      m2[i] += other.m2[i] + distance * distance * ((double) examples * other.examples / all);
      mean[i] += distance * other.examples / all;
    }
    examples = all;
  }

  @Override
  public void report(MetricReport report) {
    report.value("mse", mean(squared));
    report.value("mae", mean(absolute));
    report.value("r2", r2());
  }

  /** Returns the mean over examples and outputs. */
  private double mean(double[] sums) {
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum / sums.length / examples;
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
