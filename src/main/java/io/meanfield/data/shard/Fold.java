package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * One of {@code count} parts of the rows of a chunk, of which one member of an ensemble learns
 * nothing: the rows whose place in the chunk leaves the remainder {@code number}. The rows of a
 * chunk are in random order already, so that each fold is a random sample.
 *
 * @param number from 0
 * @param count the number of folds, at least 2; 0 for no fold, which has no rows
 */
@DefaultSerializer(JavaSerializer.class)
public record Fold(int number, int count) implements Serializable {
  /** The fold without rows. */
  public static final Fold NONE = new Fold(0, 0);

  /** Returns the places of the fold's rows in a chunk of {@code rows} rows, in ascending order. */
  public IntStream places(int rows) {
    return count == 0
        ? IntStream.empty()
        : IntStream.iterate(number, place -> place < rows, place -> place + count);
  }

  /** Returns the places of the rows of the other folds, in ascending order. */
  public IntStream placesOfOthers(int rows) {
    return IntStream.range(0, others(rows)).map(this::placeOfOther);
  }

  /** Returns how many of the rows of a chunk are in other folds. */
  public int others(int rows) {
    return count == 0 ? rows : rows - (Math.max(0, rows - number) + count - 1) / count;
  }

  /** Returns the place of the row with an index, from 0, among the rows of the other folds. */
  public int placeOfOther(int index) {
    if (count == 0) {
      return index;
    }
    int offset = index % (count - 1);
    return index / (count - 1) * count + offset + (offset >= number ? 1 : 0);
  }
}
