package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The kind of target that the examples of a data set have.
 *
 * @param width the number of target values per example; 0 for a class label
 * @param missingReason why the examples have no targets, to follow the name of the setting that
 *     locates them in a message; empty if they have targets
 */
@DefaultSerializer(JavaSerializer.class)
public record TargetKind(int width, String missingReason) implements Serializable {
  /** One class per example. */
  public static final TargetKind CLASSES = new TargetKind(0, "");

  public static TargetKind of(int width) {
    return new TargetKind(width, "");
  }

  /** Returns the same kind for examples that have no targets. */
  public TargetKind missing(String reason) {
    return new TargetKind(width, reason);
  }

  boolean isLabelled() {
    return missingReason.isEmpty();
  }

  /** Returns whether the target of an example is a class label. */
  public boolean isClass() {
    return width == 0;
  }

  /** Returns the targets of {@code count} examples, to be filled. */
  public Targets allocate(int count) {
    if (!isLabelled()) {
      return new Targets.Unknown();
    }
    return isClass()
        ? new Targets.Classes(new int[count])
        : new Targets.Values(new float[Math.multiplyExact(count, width)], width);
  }
}
