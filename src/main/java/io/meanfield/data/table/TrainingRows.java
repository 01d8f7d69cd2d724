package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.function.LongPredicate;

/** The rows of a table that are training examples, by their ids. */
@DefaultSerializer(JavaSerializer.class)
public record TrainingRows(Split split) implements Serializable {
  /**
   * Returns the training rows of a table.
   *
   * @param count the number of all rows
   */
  public static TrainingRows of(long count, TrainingShare share) {
    // The number of workers divides the training examples; it does not choose them.
    return new TrainingRows(Split.of(count, share, 1));
  }

  /** Returns whether a row with this id is a training example. */
  public LongPredicate ids() {
    Permutation permutation = split.permutation();
    return id -> split.isTraining(permutation.apply(id));
  }
}
