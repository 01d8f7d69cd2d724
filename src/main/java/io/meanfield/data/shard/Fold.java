package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * The number of the part of the training examples of which one member of an ensemble learns
 * nothing.
 *
 * @param number from 0
 */
@DefaultSerializer(JavaSerializer.class)
public record Fold(int number) implements Serializable {
  /** The fold without examples. */
  public static final Fold NONE = new Fold(-1);
}
