package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.Task;
import java.io.Serializable;

/**
 * A block of examples with the outputs that a network has for them.
 *
 * @param keys what the data call the examples; empty where they have no names
 * @param targets [ids.length, width], one-hot for classes; empty where the data have none
 * @param outputs [ids.length, width]
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record Predicted(long[] ids, String[] keys, float[] targets, float[] outputs, int width, Task task)
    implements Serializable {
  int count() {
    return ids.length;
  }

  boolean labelled() {
    return targets.length > 0;
  }

  /** How many classes, or labels, there are to tell. */
  int classes() {
    return task.isOneClass() ? Task.classes(width) : width;
  }

  /** The class that the data name; only where each example has one. */
  int actual(int row) {
    return Task.classOf(targets, row * width, width);
  }

  /** The class that the network names. */
  int predicted(int row) {
    return Task.classOf(outputs, row * width, width);
  }

  /** Whether an example belongs to a class, or has a label. */
  boolean isOf(int row, int cls) {
    return task.isOneClass() ? actual(row) == cls : Task.holds(targets[row * width + cls]);
  }

  /** Whether the network says that an example has a label. */
  boolean isTakenFor(int row, int cls) {
    return task.isOneClass() ? predicted(row) == cls : Task.holds(output(row, cls));
  }

  /** What the network has for a class; the single output of two classes speaks for class 1. */
  float score(int row, int cls) {
    return width == 1 && task.isOneClass() && cls == 0
        ? 1 - output(row, 0)
        : output(row, cls % width);
  }

  boolean isRight(int row) {
    return task.isRight(outputs, targets, row * width, width);
  }

  float output(int row, int output) {
    return outputs[row * width + output];
  }

  float target(int row, int output) {
    return targets[row * width + output];
  }
}
