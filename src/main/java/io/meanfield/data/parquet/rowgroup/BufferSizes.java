package io.meanfield.data.parquet.rowgroup;

import java.util.List;

/**
 * The sizes of the buffers for the columns of a row group. A small row group is read as a whole, a
 * large one in pieces, which are as large as an object store needs to be fast.
 */
final class BufferSizes {
  /** The number of bytes of all buffers of a task, unless there are very many columns. */
  static final int ALL = 32 << 20;

  // An array with its header is a power of two then, which the garbage collector places well.
  private static final int HEADER = 16;
  private static final int SMALLEST = (64 << 10) - HEADER;
  private static final int LARGEST = (8 << 20) - HEADER;

  private BufferSizes() {}

  /**
   * Returns the size of each buffer.
   *
   * @param chunks the number of bytes of each column
   */
  static List<Integer> of(List<Long> chunks) {
    long sum = chunks.stream().mapToLong(size -> size).sum();
    int share = ALL / Math.max(1, chunks.size()) - HEADER;
    int most = sum <= ALL ? ALL : Math.max(SMALLEST, Math.min(LARGEST, share));
    return chunks.stream().map(size -> (int) Math.max(1, Math.min(size, most))).toList();
  }
}
