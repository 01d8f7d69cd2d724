package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The division of the rows of a shard into chunks. Rows go to the chunks in turn, so the sizes of
 * chunks differ by at most one row, and each chunk is a sample of its shard: the rows are in random
 * order, or fold after fold.
 *
 * @param rows the number of rows of the shard
 * @param chunks the number of chunks, at least 1
 * @param foldEnds the number of rows up to the end of each fold; empty without folds
 */
@DefaultSerializer(JavaSerializer.class)
public record ChunkLayout(int rows, int chunks, List<Integer> foldEnds) implements Serializable {

  /** Creates a layout without folds. */
  ChunkLayout(int rows, int chunks) {
    this(rows, chunks, List.of());
  }

  /** Returns the number of chunks for a shard if a chunk has at most {@code most} rows. */
  static int chunks(int rows, int most) {
    return (int) Math.max(1, ((long) rows + most - 1) / most);
  }

  /** Returns the chunk of a row. */
  int chunk(int row) {
    return row % chunks;
  }

  /** Returns the place of a row in its chunk. */
  int place(int row) {
    return row / chunks;
  }

  /** Returns the number of rows that are in other folds. */
  int count(Fold leftOut) {
    return rows - IntStream.range(0, chunks).map(chunk -> fold(leftOut, chunk).count()).sum();
  }

  /** Returns the places of the rows of a fold in a chunk. */
  FoldPlaces fold(Fold fold, int chunk) {
    if (fold.equals(Fold.NONE)) {
      return FoldPlaces.NONE;
    }
    int before = fold.number() == 0 ? 0 : foldEnds.get(fold.number() - 1);
    return new FoldPlaces(
        sizeOfFirst(before, chunk), sizeOfFirst(foldEnds.get(fold.number()), chunk));
  }

  /** Returns the number of rows of a chunk. */
  public int size(int chunk) {
    return sizeOfFirst(rows, chunk);
  }

  /** Returns how many of the first rows of the shard are in a chunk. */
  private int sizeOfFirst(int first, int chunk) {
    return (int) (((long) first + chunks - 1 - chunk) / chunks);
  }
}
