package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What a data set says about each of its examples.
 *
 * @param width how many it says, 0 for one class
 * @param missingReason completes a sentence that begins with where the examples are; empty if they
 *     have answers
 */
@DefaultSerializer(JavaSerializer.class)
public record TargetKind(int width, String missingReason) implements Serializable {
  /** A class for each example. */
  public static final TargetKind CLASSES = new TargetKind(0, "");

  public static TargetKind of(int numbers) {
    return new TargetKind(numbers, "");
  }

  /** The same kind of answers, which are not there. */
  public TargetKind missing(String why) {
    return new TargetKind(width, why);
  }

  boolean isLabelled() {
    return missingReason.isEmpty();
  }

  /** Whether each example has a class, and not numbers. */
  public boolean isClass() {
    return width == 0;
  }
}
