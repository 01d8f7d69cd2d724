package io.meanfield.evaluate.metric;

/** Mean of -ln of the probability of the actual class; for networks trained with this loss. */
final class LogLoss implements Metric<LogLoss> {
  static final MetricType TYPE =
      new MetricType(
          MetricName.errors("log_loss"), OutputSpec::lossIsLogLoss, outputs -> new LogLoss());
  private static final long serialVersionUID = 1L;

  private final MeanLoss mean = new MeanLoss();

  @Override
  public void add(PredictionBlock block, int row) {
    mean.add(block, row);
  }

  @Override
  public void merge(LogLoss other) {
    mean.merge(other.mean);
  }

  @Override
  public void report(MetricReport report) {
    report.value("log_loss", mean.value());
  }
}
