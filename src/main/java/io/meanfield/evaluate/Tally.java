package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.Loss;
import io.meanfield.network.Task;
import java.io.Serializable;
import java.util.List;

/** What a block of predictions adds to an evaluation; what its task has no use for stays empty. */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record Tally(
    long examples,
    double lossSum,
    long correct,
    LabelCounts labels,
    Confusion confusion,
    Calibration calibration,
    ErrorSums errors)
    implements Serializable {

  static Tally empty(Task task, int width) {
    int classes = task.isOneClass() ? Task.classes(width) : 0;
    int labels = task == Task.MULTI_LABEL ? width : classes;
    return new Tally(
        0,
        0,
        0,
        new LabelCounts(labels),
        new Confusion(classes),
        new Calibration(),
        new ErrorSums(task == Task.REGRESSION ? width : 0));
  }

  static Tally of(Predicted block, Loss loss) {
    Tally tally = empty(block.task(), block.width());
    double lossSum = 0;
    long correct = 0;
    for (int row = 0; row < block.count(); row++) {
      lossSum += loss.of(block.outputs(), block.targets(), row * block.width(), block.width());
      if (block.task().judges()) {
        correct += block.isRight(row) ? 1 : 0;
        tally.count(block, row, loss);
      } else {
        tally.errors.add(block, row);
      }
    }
    return tally.with(block.count(), lossSum, correct);
  }

  private void count(Predicted block, int row, Loss loss) {
    for (int label = 0; label < labels.labels(); label++) {
      labels.add(label, block.isOf(row, label), block.isTakenFor(row, label));
    }
    if (block.task().isOneClass()) {
      int predicted = block.predicted(row);
      confusion.add(block.actual(row), predicted);
      if (loss.givesProbabilities()) {
        calibration.add(block.score(row, predicted), block.isRight(row));
      }
    }
  }

  private Tally with(long moreExamples, double moreLoss, long moreCorrect) {
    return new Tally(
        examples + moreExamples,
        lossSum + moreLoss,
        correct + moreCorrect,
        labels,
        confusion,
        calibration,
        errors);
  }

  /** The sum, in the order of the list. */
  static Tally sum(List<Tally> tallies, Task task, int width) {
    Tally sum = empty(task, width);
    for (Tally tally : tallies) {
      sum.labels.add(tally.labels);
      sum.confusion.add(tally.confusion);
      sum.calibration.add(tally.calibration);
      sum.errors.add(tally.errors);
      sum = sum.with(tally.examples, tally.lossSum, tally.correct);
    }
    return sum;
  }
}
