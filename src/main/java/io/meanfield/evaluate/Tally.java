package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.Loss;
import java.io.Serializable;
import java.util.List;

/** What a block of predictions adds to an evaluation. */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record Tally(Confusion confusion, Calibration calibration, double lossSum) implements Serializable {

  static Tally of(Predicted block, Loss loss) {
    Confusion confusion = new Confusion(block.classes());
    Calibration calibration = new Calibration();
    double lossSum = 0;
    for (int row = 0; row < block.count(); row++) {
      int actual = block.actual(row);
      int predicted = block.predicted(row);
      confusion.add(actual, predicted);
      lossSum += loss.of(block.outputs(), row * block.classes(), block.classes(), actual);
      if (loss.givesProbabilities()) {
        calibration.add(block.output(row, predicted), actual == predicted);
      }
    }
    return new Tally(confusion, calibration, lossSum);
  }

  /** The sum, in the order of the list. */
  static Tally sum(List<Tally> tallies, int classes) {
    Confusion confusion = new Confusion(classes);
    Calibration calibration = new Calibration();
    double lossSum = 0;
    for (Tally tally : tallies) {
      confusion.add(tally.confusion);
      calibration.add(tally.calibration);
      lossSum += tally.lossSum;
    }
    return new Tally(confusion, calibration, lossSum);
  }
}
