package io.meanfield.evaluate.metric;

/**
 * The weighted mean of a network's loss over examples; reported as {@code log_loss} of networks
 * that are trained with -ln of the probability of the actual class.
 */
final class MeanLoss extends Metric {
  static final MetricType TYPE =
      MetricType.ofErrors(OutputSpec::lossIsLogLoss, outputs -> new MeanLoss(), "log_loss");
  private static final long serialVersionUID = 1L;

  MeanLoss() {
    super(3);
  }

  @Override
  void add(PredictionBlock block, int row) {
    sums[0]++;
    sums[1] += block.weight(row);
    sums[2] += block.weight(row) * block.loss(row);
  }

  long examples() {
    return (long) sums[0];
  }

  /** Returns the sum of the weights of the examples. */
  double weight() {
    return sums[1];
  }

  /** Returns the weighted mean loss; NaN if there are no examples. */
  double value() {
    return sums[2] / sums[1];
  }

  @Override
  void report(MetricReport report) {
    report.value("log_loss", value());
  }
}
