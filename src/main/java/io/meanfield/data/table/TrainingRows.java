package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.IdIndex;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.LongPredicate;

/** The rows of a table that are training examples, by their ids. */
@DefaultSerializer(JavaSerializer.class)
public record TrainingRows(IdIndex.ById positions, Split split) implements Serializable {
  /**
   * Returns the training rows of a table.
   *
   * @param count the number of all rows
   */
  public static TrainingRows of(IdIndex.ById positions, long count, TrainingShare share) {
    // The number of workers divides the training examples; it does not choose them.
    return new TrainingRows(positions, Split.of(count, share, 1));
  }

  /** Returns whether a row with this id is a training example. */
  public LongPredicate ids() {
    Permutation permutation = split.permutation();
    return id -> split.isTraining(permutation.apply(positions.of(id)));
  }

  /**
   * Finds the training examples among consecutive rows.
   *
   * @param first the id of the first row
   * @param selected receives the indexes of the training examples, from 0
   * @return the number of training examples
   */
  public int select(long first, int count, int[] selected) {
    long[] shuffled = new long[count];
    Arrays.setAll(shuffled, row -> positions.of(first + row));
    split.permutation().applyAll(shuffled);
    int found = 0;
    for (int row = 0; row < count; row++) {
      selected[found] = row;
      found += split.isTraining(shuffled[row]) ? 1 : 0;
    }
    return found;
  }
}
