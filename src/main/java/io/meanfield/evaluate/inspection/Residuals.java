package io.meanfield.evaluate.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The targets and outputs of examples in a regression.
 *
 * @param width outputs of one example
 * @param targets [count, width]
 * @param outputs [count, width]
 */
record Residuals(int width, float[] targets, float[] outputs) {
  private static final int BINS = 30;
  private static final int POINTS = 500;
  private static final int SHOWN_OUTPUTS = 4;

  Residuals {
    if (targets.length != outputs.length || targets.length % width != 0) {
      throw new IllegalArgumentException(
          targets.length + " targets do not belong to " + outputs.length + " outputs");
    }
  }

  /** Returns the histogram of output minus target, and target and output of the first examples. */
  List<CurvePoint> points() {
    List<CurvePoint> points = new ArrayList<>(histogram());
    int shown = Math.min(width, SHOWN_OUTPUTS);
    int rows = Math.min(targets.length / width, POINTS / shown);
    for (int output = 0; output < shown; output++) {
      for (int row = 0; row < rows; row++) {
        int i = row * width + output;
        Optional<String> label = Optional.of(Integer.toString(output));
        points.add(new CurvePoint(CurveKind.PREDICTED, targets[i], outputs[i], label));
      }
    }
    return points;
  }

  private List<CurvePoint> histogram() {
    double[] residuals = new double[targets.length];
    Arrays.setAll(residuals, i -> (double) outputs[i] - targets[i]);
    double smallest = Arrays.stream(residuals).min().orElse(0);
    double largest = Arrays.stream(residuals).max().orElse(0);
    double width = largest > smallest ? (largest - smallest) / BINS : 1;
    long[] counts = new long[BINS];
    for (double residual : residuals) {
      counts[(int) Math.min((residual - smallest) / width, BINS - 1.0)]++;
    }
    List<CurvePoint> bars = new ArrayList<>();
    for (int bin = 0; bin < BINS && residuals.length > 0; bin++) {
      double middle = smallest + (bin + 0.5) * width;
      bars.add(new CurvePoint(CurveKind.RESIDUALS, middle, counts[bin], Optional.empty()));
    }
    return bars;
  }
}
