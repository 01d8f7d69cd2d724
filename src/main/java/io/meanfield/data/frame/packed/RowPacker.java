package io.meanfield.data.frame.packed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Packs the rows that a task reads into chunks of bytes, each for one partition of the sorted rows.
 * A row is its length, its key, and its values, each 64 columns after the bits of their missing
 * values.
 */
public final class RowPacker implements Iterator<Tuple2<Integer, byte[]>> {
  /** The largest number of partitions of the sorted rows. */
  public static final int MOST_PARTITIONS = 4096;

  private static final int ALL_CHUNKS = 8 << 20; // of each of the tasks that share a heap
  private static final int LARGEST_CHUNK = 64 << 10;
  private static final int LEAST_ROW = 1024;

  private final Iterator<InternalRow> rows;
  private final ColumnKind[] kinds;
  private final ByteArrayOutputStream[] chunks;
  private final int chunkBytes;
  private final Deque<Tuple2<Integer, byte[]>> full = new ArrayDeque<>();
  private ByteBuffer packed = ByteBuffer.allocate(LEAST_ROW);
  private int finished; // partitions after the last row

  /**
   * Starts before the first row.
   *
   * @param rows the values of the columns, followed by the key
   * @param partitions a power of two
   */
  public RowPacker(Iterator<InternalRow> rows, ColumnKind[] kinds, int partitions) {
    this.rows = rows;
    this.kinds = kinds;
    this.chunks = new ByteArrayOutputStream[partitions];
    this.chunkBytes = Math.min(LARGEST_CHUNK, ALL_CHUNKS / partitions);
  }

  @Override
  public boolean hasNext() {
    while (full.isEmpty() && rows.hasNext()) {
      add(rows.next());
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

  private void add(InternalRow row) {
    long key = row.getLong(kinds.length);
    pack(row, key);
    int partition = partition(key, chunks.length);
    if (chunks[partition] == null) {
      chunks[partition] = new ByteArrayOutputStream();
    }
    chunks[partition].write(packed.array(), 0, packed.position());
    if (chunks[partition].size() >= chunkBytes) {
      finish(partition);
    }
  }

  /**
   * Returns the partition of a key; the order of the partitions is that of the keys.
   *
   * @param partitions a power of two
   */
  public static int partition(long key, int partitions) {
    int bits = Integer.numberOfTrailingZeros(partitions);
    return bits == 0 ? 0 : (int) ((key ^ Long.MIN_VALUE) >>> (Long.SIZE - bits));
  }

  private void finish(int partition) {
    if (chunks[partition] != null) {
      full.add(new Tuple2<>(partition, chunks[partition].toByteArray()));
      chunks[partition] = null;
    }
  }

  private void pack(InternalRow row, long key) {
    packed.clear();
    reserve(Long.BYTES * (2 + 2 * kinds.length));
    packed.putInt(0).putLong(key);
    int word = 0;
    long missing = 0;
    for (int column = 0; column < kinds.length; column++) {
      if (column % Long.SIZE == 0) {
        word = packed.position();
        packed.putLong(0);
      }
      if (row.isNullAt(column)) {
        missing |= 1L << column;
      } else if (kinds[column].isNumber() || kinds[column] == ColumnKind.LONG) {
        kinds[column].write(row, column, packed);
      } else {
        put(kinds[column].bytes(row, column), kinds.length - column);
      }
      if (column % Long.SIZE == Long.SIZE - 1 || column == kinds.length - 1) {
        packed.putLong(word, missing);
        missing = 0;
      }
    }
    packed.putInt(0, packed.position());
  }

  private void put(byte[] bytes, int columnsLeft) {
    reserve(Integer.BYTES + bytes.length + 2 * Long.BYTES * columnsLeft);
    packed.putInt(bytes.length).put(bytes);
  }

  private void reserve(int bytes) {
    if (packed.remaining() < bytes) {
      int used = packed.position();
      ByteBuffer larger = ByteBuffer.allocate(Math.addExact(2 * used, bytes));
      larger.put(packed.array(), 0, used);
      packed = larger;
    }
  }
}
