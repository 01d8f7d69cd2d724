package io.meanfield.evaluate.metric;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/** The mean loss over some examples and all metrics that apply to them. */
@DefaultSerializer(JavaSerializer.class)
public final class MetricSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MeanLoss meanLoss = new MeanLoss();
  private final List<Metric> metrics;

  private MetricSet(List<Metric> metrics) {
    this.metrics = metrics;
  }

  private static MetricSet empty(OutputSpec outputs) {
    return new MetricSet(Metrics.empty(outputs));
  }

  /** Computes the metrics of one block. */
  public static MetricSet of(PredictionBlock block) {
    MetricSet set = empty(block.spec());
    for (int row = 0; row < block.count(); row++) {
      set.meanLoss.add(block, row);
      for (Metric metric : set.metrics) {
        metric.add(block, row);
      }
    }
    return set;
  }

  /** Merges sets over the same kind of outputs, in the order of the list. */
  public static MetricSet sum(List<MetricSet> parts, OutputSpec outputs) {
    MetricSet sum = empty(outputs);
    parts.forEach(sum::merge);
    return sum;
  }

  private void merge(MetricSet other) {
    meanLoss.merge(other.meanLoss);
    for (int i = 0; i < metrics.size(); i++) {
      metrics.get(i).merge(other.metrics.get(i));
    }
  }

  public long examples() {
    return meanLoss.examples();
  }

  /** Returns the sum of the weights of the examples. */
  public double weight() {
    return meanLoss.weight();
  }

  /** Returns the weighted mean loss of the examples. */
  public double loss() {
    return meanLoss.value();
  }

  /**
   * Reports the values of all metrics.
   *
   * @param rankings one for each class or label
   */
  public MetricReport report(List<Ranking> rankings) {
    MetricReport report = new MetricReport(rankings);
    metrics.forEach(metric -> metric.report(report));
    return report;
  }
}
