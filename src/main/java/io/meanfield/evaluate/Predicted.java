package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.StepResult;
import java.io.Serializable;

/**
 * A block of examples with the outputs that a network has for them.
 *
 * @param labels unsigned bytes; empty where the data have none
 * @param outputs [ids.length, classes]
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record Predicted(long[] ids, byte[] labels, float[] outputs, int classes) implements Serializable {
  int count() {
    return ids.length;
  }

  boolean labelled() {
    return labels.length > 0;
  }

  int actual(int row) {
    return labels[row] & 0xff;
  }

  int predicted(int row) {
    return StepResult.largest(outputs, row * classes, classes);
  }

  float output(int row, int output) {
    return outputs[row * classes + output];
  }
}
