package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.io.Serializable;
import java.util.List;

/** What a block of predictions adds to an evaluation; what its task has no use for stays empty. */
@DefaultSerializer(JavaSerializer.class)
record MetricAccumulator(
    long examples,
    double lossSum,
    long correct,
    LabelCounts labels,
    ConfusionMatrix confusion,
    CalibrationAccumulator calibration,
    RegressionAccumulator errors)
    implements Serializable {

  static MetricAccumulator empty(TaskType task, int width) {
    int classes = task.isSingleLabel() ? TaskType.classes(width) : 0;
    int labels = task == TaskType.MULTI_LABEL ? width : classes;
    return new MetricAccumulator(
        0,
        0,
        0,
        new LabelCounts(labels),
        new ConfusionMatrix(classes),
        new CalibrationAccumulator(),
        new RegressionAccumulator(task == TaskType.REGRESSION ? width : 0));
  }

  static MetricAccumulator of(PredictionBlock block, Loss loss) {
    MetricAccumulator tally = empty(block.taskType(), block.width());
    double lossSum = 0;
    long correct = 0;
    for (int row = 0; row < block.count(); row++) {
      lossSum += loss.of(block.outputs(), block.targets(), row * block.width(), block.width());
      if (block.taskType().hasAccuracy()) {
        correct += block.isCorrect(row) ? 1 : 0;
        tally.count(block, row, loss);
      } else {
        tally.errors.add(block, row);
      }
    }
    return tally.with(block.count(), lossSum, correct);
  }

  private void count(PredictionBlock block, int row, Loss loss) {
    for (int label = 0; label < labels.labels(); label++) {
      labels.add(label, block.isActual(row, label), block.isPredicted(row, label));
    }
    if (block.taskType().isSingleLabel()) {
      int predicted = block.predicted(row);
      confusion.add(block.actual(row), predicted);
      if (loss.givesProbabilities()) {
        calibration.add(block.score(row, predicted), block.isCorrect(row));
      }
    }
  }

  private MetricAccumulator with(long moreExamples, double moreLoss, long moreCorrect) {
    return new MetricAccumulator(
        examples + moreExamples,
        lossSum + moreLoss,
        correct + moreCorrect,
        labels,
        confusion,
        calibration,
        errors);
  }

  /** The sum, in the order of the list. */
  static MetricAccumulator sum(List<MetricAccumulator> tallies, TaskType task, int width) {
    MetricAccumulator sum = empty(task, width);
    for (MetricAccumulator tally : tallies) {
      sum.labels.add(tally.labels);
      sum.confusion.add(tally.confusion);
      sum.calibration.add(tally.calibration);
      sum.errors.add(tally.errors);
      sum = sum.with(tally.examples, tally.lossSum, tally.correct);
    }
    return sum;
  }
}
