package io.meanfield.evaluate.metric;

import java.util.List;

/**
 * Compares predicted probabilities with observed shares: {@value #BINS} bins of equal width for
 * class 1 of two classes, and for each class against the rest if there are more. A probability on
 * the edge of two bins belongs to the upper one. Examples count by their weights. Reports no value,
 * only the bins that have examples.
 */
final class Calibration implements Metric<Calibration> {
  static final MetricType TYPE =
      new MetricType(
          List.of(),
          OutputSpec::hasClassProbabilities,
          outputs -> new Calibration(outputs.hasTwoClasses() ? 1 : 0, outputs.classes()));
  private static final long serialVersionUID = 1L;
  private static final int BINS = 10;

  private final int firstClass;
  private final long[][] examples;
  private final double[][] weight;
  private final double[][] positives;
  private final double[][] predicted;

  private Calibration(int firstClass, int classes) {
    this.firstClass = firstClass;
    this.examples = new long[classes][BINS];
    this.weight = new double[classes][BINS];
    this.positives = new double[classes][BINS];
    this.predicted = new double[classes][BINS];
  }

  @Override
  public void add(PredictionBlock block, int row) {
    for (int cls = firstClass; cls < examples.length; cls++) {
      double probability = block.score(row, cls);
      int bin = Math.max(0, Math.min((int) (probability * BINS), BINS - 1));
      examples[cls][bin]++;
      weight[cls][bin] += block.weight(row);
      positives[cls][bin] += block.isActual(row, cls) ? block.weight(row) : 0;
      predicted[cls][bin] += block.weight(row) * probability;
    }
  }

  @Override
  public void merge(Calibration other) {
    for (int cls = firstClass; cls < examples.length; cls++) {
      for (int bin = 0; bin < BINS; bin++) {
        examples[cls][bin] += other.examples[cls][bin];
        weight[cls][bin] += other.weight[cls][bin];
        positives[cls][bin] += other.positives[cls][bin];
        predicted[cls][bin] += other.predicted[cls][bin];
      }
    }
  }

  @Override
  public void report(MetricReport report) {
    for (int cls = firstClass; cls < examples.length; cls++) {
      for (int bin = 0; bin < BINS; bin++) {
        if (weight[cls][bin] > 0) {
          report.addBin(bin(cls, bin));
        }
      }
    }
  }

  private CalibrationBin bin(int cls, int bin) {
    return new CalibrationBin(
        cls,
        bin,
        bin / (double) BINS,
        (bin + 1) / (double) BINS,
        examples[cls][bin],
        predicted[cls][bin] / weight[cls][bin],
        positives[cls][bin] / weight[cls][bin]);
  }
}
