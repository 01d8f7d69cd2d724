package io.meanfield.evaluate.metric;

/**
 * Compares predicted probabilities with observed shares: {@value #BINS} bins of equal width for
 * class 1 of two classes, and for each class against the rest if there are more. A probability on
 * the edge of two bins belongs to the upper one. Examples count by their weights. Reports no value,
 * only the bins that have examples.
 */
final class Calibration extends Metric {
  static final MetricType TYPE =
      MetricType.ofErrors(
          OutputSpec::hasClassProbabilities,
          outputs -> new Calibration(outputs.hasTwoClasses() ? 1 : 0, outputs.classes()));
  private static final long serialVersionUID = 1L;
  private static final int BINS = 10;
  // The sums of a bin.
  private static final int EXAMPLES = 0;
  private static final int WEIGHT = 1;
  private static final int POSITIVE = 2;
  private static final int PREDICTED = 3;
  private static final int SUMS = 4;

  private final int firstClass;
  private final int classes;

  private Calibration(int firstClass, int classes) {
    super(classes * BINS * SUMS);
    this.firstClass = firstClass;
    this.classes = classes;
  }

  @Override
  void add(PredictionBlock block, int row) {
    for (int cls = firstClass; cls < classes; cls++) {
      double probability = block.score(row, cls);
      int first = first(cls, Math.max(0, Math.min((int) (probability * BINS), BINS - 1)));
      sums[first + EXAMPLES]++;
      sums[first + WEIGHT] += block.weight(row);
      sums[first + POSITIVE] += block.isActual(row, cls) ? block.weight(row) : 0;
      sums[first + PREDICTED] += block.weight(row) * probability;
    }
  }

  private static int first(int cls, int bin) {
    return (cls * BINS + bin) * SUMS;
  }

  @Override
  void report(MetricReport report) {
    for (int cls = firstClass; cls < classes; cls++) {
      for (int bin = 0; bin < BINS; bin++) {
        if (sums[first(cls, bin) + WEIGHT] > 0) {
          report.calibration().add(bin(cls, bin, first(cls, bin)));
        }
      }
    }
  }

  private CalibrationBin bin(int cls, int bin, int first) {
    return new CalibrationBin(
        cls,
        bin,
        bin / (double) BINS,
        (bin + 1) / (double) BINS,
        (long) sums[first + EXAMPLES],
        sums[first + PREDICTED] / sums[first + WEIGHT],
        sums[first + POSITIVE] / sums[first + WEIGHT]);
  }
}
