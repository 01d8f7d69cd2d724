package io.meanfield.evaluate;

import java.io.Serializable;

/**
 * Sums over the numbers of a regression, one for each output. The targets' spread is summed around
 * their first mean (Chan, Golub and LeVeque 1979), so large targets cost no digits.
 */
final class RegressionAccumulator implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] squared;
  private final double[] absolute;
  private final double[] mean;
  private final double[] spread;
  private long examples;

  RegressionAccumulator(int outputs) {
    this.squared = new double[outputs];
    this.absolute = new double[outputs];
    this.mean = new double[outputs];
    this.spread = new double[outputs];
  }

  void add(PredictionBlock block, int row) {
    examples++;
    for (int i = 0; i < squared.length; i++) {
      double target = block.target(row, i);
      double error = block.output(row, i) - target;
      squared[i] += error * error;
      absolute[i] += Math.abs(error);
      double distance = target - mean[i];
      mean[i] += distance / examples;
      spread[i] += distance * (target - mean[i]);
    }
  }

  void add(RegressionAccumulator other) {
    if (other.examples == 0) {
      return;
    }
    long all = examples + other.examples;
    for (int i = 0; i < squared.length; i++) {
      double distance = other.mean[i] - mean[i];
      squared[i] += other.squared[i];
      absolute[i] += other.absolute[i];
      spread[i] +=
          other.spread[i] + distance * distance * ((double) examples * other.examples / all);
      mean[i] += distance * other.examples / all;
    }
    examples = all;
  }

  /** Mean squared error over examples and outputs. */
  double mse() {
    return mean(squared);
  }

  /** Mean absolute error over examples and outputs. */
  double mae() {
    return mean(absolute);
  }

  private double mean(double[] sums) {
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum / sums.length / examples;
  }

  /**
   * The coefficient of determination, mean over the outputs whose targets differ at all; nothing if
   * there is none.
   */
  java.util.Optional<Double> r2() {
    double sum = 0;
    int outputs = 0;
    for (int i = 0; i < spread.length; i++) {
      if (spread[i] > 0) {
        sum += 1 - squared[i] / spread[i];
        outputs++;
      }
    }
    return outputs == 0 ? java.util.Optional.empty() : java.util.Optional.of(sum / outputs);
  }
}
