package io.meanfield.evaluate.metric;

import io.meanfield.network.Intervals;
import java.util.List;
import java.util.Locale;

/**
 * How well outputs are the quantile of the targets that they estimate: {@code pinball}, the
 * weighted mean of the pinball loss in the unit of the targets, and {@code quantile_error}, the
 * difference between the quantile and the weighted share of targets at or below their outputs. Of
 * several outputs both are the mean.
 *
 * <p>Notes a difference that is larger than {@value #LARGE_DIFFERENCE} and than chance explains.
 */
final class QuantileErrors extends Metric {
  static final MetricType TYPE =
      MetricType.ofErrors(
          OutputSpec::areQuantiles, QuantileErrors::new, "pinball", "quantile_error");
  private static final long serialVersionUID = 1L;
  private static final double LARGE_DIFFERENCE = 0.05;
  private static final double DEVIATIONS = 2;
  private static final int LOSS = 0;
  private static final int WEIGHT = 1;
  private static final int EXAMPLES = 2;
  private static final int FIRST_SHARE = 3;

  private final double quantile;
  private final int outputs;

  private QuantileErrors(OutputSpec spec) {
    super(FIRST_SHARE + spec.width());
    this.quantile = spec.loss().quantile();
    this.outputs = spec.width();
  }

  @Override
  void add(PredictionBlock block, int row) {
    double weight = block.weight(row);
    sums[LOSS] += weight * block.loss(row);
    sums[WEIGHT] += weight;
    sums[EXAMPLES]++;
    for (int i = 0; i < outputs; i++) {
      sums[FIRST_SHARE + i] += block.target(row, i) <= block.output(row, i) ? weight : 0;
    }
  }

  @Override
  void report(MetricReport report) {
    double error = 0;
    for (int i = 0; i < outputs; i++) {
      double share = sums[FIRST_SHARE + i] / sums[WEIGHT];
      error += Math.abs(share - quantile) / outputs;
      note(share, report.notes());
    }
    report.value("pinball", sums[LOSS] / sums[WEIGHT]);
    report.value("quantile_error", error);
  }

  private void note(double share, List<String> notes) {
    double chance = DEVIATIONS * Math.sqrt(quantile * (1 - quantile) / sums[EXAMPLES]);
    if (Math.abs(share - quantile) > LARGE_DIFFERENCE + chance) {
      notes.add(
          String.format(
              Locale.ROOT,
              "of the numbers, %.1f %% are at or below their predictions, network.quantile is %s"
                  + " %%; maybe these examples are unlike those of the training",
              100 * share,
              Intervals.percent(quantile)));
    }
  }
}
