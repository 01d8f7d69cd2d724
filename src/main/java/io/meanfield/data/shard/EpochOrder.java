package io.meanfield.data.shard;

import io.meanfield.random.Permutation;
import java.util.Arrays;

/**
 * The order in which a worker reads the examples of its shard in an epoch: chunk by chunk, with the
 * chunks, and the rows inside each chunk, permuted. The rows of a fold are left out. Every attempt
 * of every task computes the same order.
 */
public final class EpochOrder {
  // Negative, because the key of a step's random numbers has the step in this place.
  private static final long CHUNKS = -1;
  private static final long ROWS = -2;

  private final ChunkLayout layout;
  private final Fold leftOut;
  private final long[] key;
  private final int[] chunks;
  private final long[] begins;

  EpochOrder(ChunkLayout layout, Fold leftOut, long seed, int epoch, int worker) {
    this.layout = layout;
    this.leftOut = leftOut;
    this.key = new long[] {seed, epoch, worker};
    Permutation permutation =
        new Permutation(layout.chunks(), Permutation.key(seed, epoch, worker, CHUNKS));
    this.chunks = new int[layout.chunks()];
    Arrays.setAll(chunks, place -> (int) permutation.apply(place));
    this.begins = new long[chunks.length + 1];
    for (int place = 0; place < chunks.length; place++) {
      begins[place + 1] = begins[place] + size(chunks[place]);
    }
  }

  private int size(int chunk) {
    return layout.size(chunk) - layout.fold(leftOut, chunk).count();
  }

  /** Returns the number of places, each of which has a chunk. */
  int places() {
    return chunks.length;
  }

  /** Returns the chunk at a place, from 0. */
  public int chunk(int place) {
    return chunks[place];
  }

  /**
   * Returns the position, in the order of the epoch, of the first example of the chunk at a place;
   * at the place after the last one, the number of examples.
   */
  public long begin(int place) {
    return begins[place];
  }

  /**
   * Returns the rows of the chunk at a place, in the order in which they are read: their indices
   * among those that are not left out.
   */
  public Permutation rows(int place) {
    // A shard of one chunk keeps the order that it had before shards had chunks.
    return new Permutation(
        size(chunks[place]),
        chunks.length == 1
            ? Permutation.key(key[0], key[1], key[2])
            : Permutation.key(key[0], key[1], key[2], ROWS, chunks[place]));
  }
}
