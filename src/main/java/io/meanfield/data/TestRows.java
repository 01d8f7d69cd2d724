package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * The examples that a split sets aside for tests.
 *
 * @param split of all examples
 */
@DefaultSerializer(JavaSerializer.class)
record TestRows(Split split) implements Serializable {
  /** Returns the rank of an example among these, from 0. */
  long rank(long id) {
    return split.permutation().apply(id) - (split.examples() - split.test());
  }

  /** Returns the test examples of a block. */
  Examples select(Examples block) {
    long[] positions = block.ids().clone();
    split.permutation().applyAll(positions);
    int[] rows =
        IntStream.range(0, positions.length).filter(row -> split.isTest(positions[row])).toArray();
    Examples selected = block.allocate(rows.length);
    for (int to = 0; to < rows.length; to++) {
      block.copyTo(selected, rows[to], to);
    }
    return selected;
  }
}
