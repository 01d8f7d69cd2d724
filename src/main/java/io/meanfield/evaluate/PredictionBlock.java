package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.TaskType;
import java.io.Serializable;

/**
 * A block of examples with the outputs that a network has for them.
 *
 * @param externalIds what the data call the examples; empty where they have no names
 * @param targets [ids.length, width], one-hot for classes; empty where the data have none
 * @param outputs [ids.length, width]
 */
@DefaultSerializer(JavaSerializer.class)
record PredictionBlock(
    long[] ids,
    String[] externalIds,
    float[] targets,
    float[] outputs,
    int width,
    TaskType taskType)
    implements Serializable {
  int count() {
    return ids.length;
  }

  boolean labelled() {
    return targets.length > 0;
  }

  /** How many classes, or labels, there are to tell. */
  int classes() {
    return taskType.isSingleLabel() ? TaskType.classes(width) : width;
  }

  /** The class that the data name; only where each example has one. */
  int actual(int row) {
    return TaskType.predictedClass(targets, row * width, width);
  }

  /** The class that the network names. */
  int predicted(int row) {
    return TaskType.predictedClass(outputs, row * width, width);
  }

  /** Whether an example belongs to a class, or has a label. */
  boolean isActual(int row, int cls) {
    return taskType.isSingleLabel()
        ? actual(row) == cls
        : TaskType.isPositive(targets[row * width + cls]);
  }

  /** Whether the network says that an example has a label. */
  boolean isPredicted(int row, int cls) {
    return taskType.isSingleLabel() ? predicted(row) == cls : TaskType.isPositive(output(row, cls));
  }

  /** What the network has for a class; the single output of two classes speaks for class 1. */
  float score(int row, int cls) {
    return width == 1 && taskType.isSingleLabel() && cls == 0
        ? 1 - output(row, 0)
        : output(row, cls % width);
  }

  boolean isCorrect(int row) {
    return taskType.isCorrect(outputs, targets, row * width, width);
  }

  float output(int row, int output) {
    return outputs[row * width + output];
  }

  float target(int row, int output) {
    return targets[row * width + output];
  }
}
