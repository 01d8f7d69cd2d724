package io.meanfield.data.shard;

import io.meanfield.data.Examples;
import io.meanfield.random.Permutation;
import java.util.stream.LongStream;

/**
 * Reads the examples of a shard in the order of an epoch. It holds one chunk, and has the next one
 * read in advance. Not thread-safe.
 */
public final class ShardReader {
  // Rows that are permuted at the same time, which takes a fraction of the time of one by one.
  private static final int BLOCK = 1024;

  private final Chunks chunks;
  private final EpochOrder order;
  private final ChunkLayout layout;
  private final Fold leftOut;
  private int place = -1;
  private long begin;
  private long end;
  private FoldPlaces skipped = FoldPlaces.NONE;
  private Permutation rows = new Permutation(0, 0);
  private long blockBegin;
  private long[] block = {};
  private Examples chunk = Examples.empty();
  private int row;

  /**
   * Creates a reader before the first example of an epoch.
   *
   * @param leftOut the fold whose examples are not read
   */
  public ShardReader(Shard shard, Fold leftOut, long seed, int epoch) {
    this.chunks = shard.chunks();
    this.order = shard.order(leftOut, seed, epoch);
    this.layout = shard.layout();
    this.leftOut = leftOut;
  }

  /** Moves to the example at a position, from 0, in the order of the epoch. */
  public void seek(long position) {
    if (position < begin || position >= end) {
      open(position);
    }
    if (position < blockBegin || position >= blockBegin + block.length) {
      permuteBlock(position);
    }
    row = skipped.placeOfOther((int) block[(int) (position - blockBegin)]);
  }

  private void permuteBlock(long position) {
    long first = position - begin;
    blockBegin = position;
    block = LongStream.range(first, Math.min(first + BLOCK, end - begin)).toArray();
    rows.applyAll(block);
  }

  private void open(long position) {
    int at = position < begin ? 0 : place + 1;
    while (position >= order.begin(at + 1)) {
      at++;
    }
    place = at;
    begin = order.begin(at);
    end = order.begin(at + 1);
    rows = order.rows(at);
    skipped = layout.fold(leftOut, order.chunk(at));
    block = new long[0];
    chunk = Examples.empty(); // is not needed any more while the next one is read
    chunk = chunks.read(order.chunk(at));
    if (at + 1 < order.places()) {
      chunks.prefetch(order.chunk(at + 1));
    }
  }

  /** Returns the chunk with the example. */
  public Examples chunk() {
    return chunk;
  }

  /** Returns the row of the example in its chunk. */
  public int row() {
    return row;
  }
}
