package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;
import java.util.List;

/**
 * Finds a regression whose outputs are the same for every example, although the targets differ.
 *
 * <p>Reports no value, only a note, and only for {@value ConstantPredictions#MIN_EXAMPLES} examples
 * or more.
 */
final class ConstantOutputs implements Metric<ConstantOutputs> {
  static final MetricType TYPE =
      new MetricType(
          List.of(),
          outputs -> outputs.taskType() == TaskType.REGRESSION,
          outputs -> new ConstantOutputs(outputs.width()));
  private static final long serialVersionUID = 1L;

  private final ValueRanges outputs;
  private final ValueRanges targets;
  private long examples;

  private ConstantOutputs(int width) {
    this.outputs = new ValueRanges(width);
    this.targets = new ValueRanges(width);
  }

  @Override
  public void add(PredictionBlock block, int row) {
    if (block.weight(row) > 0) {
      examples++;
      outputs.add(block.outputs(), row);
      targets.add(block.targets(), row);
    }
  }

  @Override
  public void merge(ConstantOutputs other) {
    examples += other.examples;
    outputs.merge(other.outputs);
    targets.merge(other.targets);
  }

  @Override
  public void report(MetricReport report) {
    if (examples >= ConstantPredictions.MIN_EXAMPLES
        && outputs.areConstant()
        && !targets.areConstant()) {
      report.note("the model has the same outputs for every example, although the targets differ");
    }
  }
}
