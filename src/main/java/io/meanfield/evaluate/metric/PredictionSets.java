package io.meanfield.evaluate.metric;

import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import java.util.stream.IntStream;

/**
 * The set of classes that a row may have: those whose score is large enough (the least ambiguous
 * sets of Sadinle, Lei and Wasserman 2019), and the predicted class, so that no set is empty.
 */
public final class PredictionSets {
  private PredictionSets() {}

  /**
   * Returns the classes of the set of one row, ascending.
   *
   * @param outputs of the network; those of this row are the {@code width} numbers from {@code
   *     offset} on
   * @param least score of a class that belongs to the set
   */
  public static IntStream of(
      float[] outputs, int offset, int width, Threshold threshold, float least) {
    int predicted = threshold.predictedClass(outputs, offset, width);
    return IntStream.range(0, TaskType.classes(width))
        .filter(
            cls ->
                cls == predicted || PredictedColumns.score(outputs, offset, width, cls) >= least);
  }
}
