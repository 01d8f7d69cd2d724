package io.meanfield.data.frame.packed;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** Packed rows of a task in chunks of bytes, each for the partition of the keys of its rows. */
abstract class RowChunks implements Iterator<Tuple2<Integer, byte[]>> {
  private static final int ALL_CHUNKS = 8 << 20; // of each of the tasks that share a heap
  private static final int LARGEST_CHUNK = 64 << 10;

  private final ByteArrayOutputStream[] chunks;
  private final int chunkBytes;
  private final Deque<Tuple2<Integer, byte[]>> full = new ArrayDeque<>();
  private int finished; // partitions after the last row

  /**
   * Starts without rows.
   *
   * @param partitions a power of two
   */
  RowChunks(int partitions) {
    this.chunks = new ByteArrayOutputStream[partitions];
    this.chunkBytes = Math.min(LARGEST_CHUNK, ALL_CHUNKS / partitions);
  }

  /** Adds one or more rows; returns false if there are no more. */
  abstract boolean addMore();

  /** Adds a row. */
  void add(long key, byte[] bytes, int start, int length) {
    int partition = RowPacker.partition(key, chunks.length);
    if (chunks[partition] == null) {
      chunks[partition] = new ByteArrayOutputStream(chunkBytes + length);
    }
    chunks[partition].write(bytes, start, length);
    if (chunks[partition].size() >= chunkBytes) {
      finish(partition);
    }
  }

  private void finish(int partition) {
    if (chunks[partition] != null) {
      full.add(new Tuple2<>(partition, chunks[partition].toByteArray()));
      chunks[partition] = null;
    }
  }

  @Override
  public boolean hasNext() {
    boolean hasMore = true;
    while (full.isEmpty() && hasMore) {
      hasMore = addMore();
    }
    while (full.isEmpty() && finished < chunks.length) {
      finish(finished++);
    }
    return !full.isEmpty();
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return full.remove();
  }
}
