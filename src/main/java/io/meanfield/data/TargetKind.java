package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The kind of target that the examples of a data set have.
 *
 * @param width numbers of each example, 0 for one class
 * @param missingReason why the examples have no targets: completes a sentence that begins with the
 *     setting that locates them; empty if they have targets
 */
@DefaultSerializer(JavaSerializer.class)
public record TargetKind(int width, String missingReason) implements Serializable {
  /** A class for each example. */
  public static final TargetKind CLASSES = new TargetKind(0, "");

  public static TargetKind of(int numbers) {
    return new TargetKind(numbers, "");
  }

  /** The same kind for examples that have no targets. */
  public TargetKind missing(String why) {
    return new TargetKind(width, why);
  }

  boolean isLabelled() {
    return missingReason.isEmpty();
  }

  /** Whether the target of an example is a class, not numbers. */
  public boolean isClass() {
    return width == 0;
  }
}
