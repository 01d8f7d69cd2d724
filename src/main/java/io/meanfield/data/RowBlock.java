package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * Consecutive rows of a table: what the network sees of them, and the values that are copied.
 *
 * @param examples one for each row, in the same order
 * @param values for each row the values of {@code InputRows.columns()}
 */
@DefaultSerializer(JavaSerializer.class)
public record RowBlock(Examples examples, List<Object[]> values) implements Serializable {
  /** The number of rows of a full block. A constant, because a block is computed at once. */
  public static final int ROWS = 4096;

  public RowBlock {
    if (examples.count() != values.size()) {
      throw new IllegalArgumentException(
          examples.count() + " examples have values for " + values.size() + " rows");
    }
  }
}
