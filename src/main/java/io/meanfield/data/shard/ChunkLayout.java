package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * The division of the rows of a shard into chunks. Rows go to the chunks in turn, so the sizes of
 * chunks differ by at most one row. The rows of a shard are in random order already, so each chunk
 * is a random sample of its shard.
 *
 * @param rows the number of rows of the shard
 * @param chunks the number of chunks, at least 1
 */
@DefaultSerializer(JavaSerializer.class)
public record ChunkLayout(int rows, int chunks) implements Serializable {

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
    return IntStream.range(0, chunks).map(chunk -> leftOut.others(size(chunk))).sum();
  }

  /** Returns the number of rows of a chunk. */
  public int size(int chunk) {
    return (int) (((long) rows + chunks - 1 - chunk) / chunks);
  }
}
