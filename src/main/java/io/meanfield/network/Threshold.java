package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The smallest output for class 1 from which a network for two classes predicts class 1.
 *
 * @param value the output; 0.5 if no threshold was set
 * @param isSet whether a threshold was set; if not, the larger of two outputs decides, and the
 *     first of equal ones
 */
@DefaultSerializer(JavaSerializer.class)
public record Threshold(float value, boolean isSet) implements Serializable {
  /** The threshold of a model for which none was set. */
  public static final Threshold DEFAULT = new Threshold(TaskType.THRESHOLD, false);

  public Threshold {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("a threshold must be finite, found " + value);
    }
  }

  /** Returns a threshold that is set. */
  public static Threshold of(float value) {
    return new Threshold(value, true);
  }

  /**
   * Returns the class, from 0, that the {@code width} outputs from {@code offset} on give; only if
   * each example has one class. A threshold that is set needs a network for two classes.
   */
  public int predictedClass(float[] outputs, int offset, int width) {
    return isSet
        ? (outputs[offset + width - 1] >= value ? 1 : 0)
        : TaskType.predictedClass(outputs, offset, width);
  }
}
