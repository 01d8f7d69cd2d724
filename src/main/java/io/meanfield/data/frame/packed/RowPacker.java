package io.meanfield.data.frame.packed;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;

/**
 * Packs the rows that a task reads into chunks of bytes, each for one partition of the sorted rows.
 * A row is its length, its key, and its values, each 64 columns after the bits of their missing
 * values. Without a key, the rows are numbered by a hash of these bytes, which divides them evenly
 * and depends on the row alone, not on the order or the pieces in which Spark reads it.
 */
public final class RowPacker extends RowChunks {
  /** The largest number of partitions of the sorted rows. */
  public static final int MOST_PARTITIONS = 4096;

  private static final long SEED = 42; // as that of Spark's function xxhash64
  private static final int LEAST_ROW = 1024;

  private final Iterator<InternalRow> rows;
  private final ColumnKind[] kinds;
  private final int content;
  private byte[] packed = new byte[LEAST_ROW];
  private int length; // of the row that is packed

  /**
   * Starts before the first row.
   *
   * @param rows the values of the columns, followed by the key if they have one
   * @param content the number of columns that make the key of rows without one
   * @param partitions a power of two
   */
  public RowPacker(Iterator<InternalRow> rows, ColumnKind[] kinds, int content, int partitions) {
    super(partitions);
    this.rows = rows;
    this.kinds = kinds;
    this.content = content;
  }

  @Override
  boolean addMore() {
    if (!rows.hasNext()) {
      return false;
    }
    long key = pack(rows.next());
    add(key, packed, 0, length);
    return true;
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

  /** Packs a row; returns its key. */
  private long pack(InternalRow row) {
    length = PackedRows.VALUES;
    int word = 0;
    int end = 0;
    long missing = 0;
    for (int column = 0; column < kinds.length; column++) {
      if (column == content) {
        end = length;
      }
      if (column % Long.SIZE == 0) {
        reserve(Long.BYTES * (1 + Long.SIZE));
        word = length;
        length += Long.BYTES;
      }
      if (row.isNullAt(column)) {
        missing |= 1L << column;
      } else {
        put(row, column);
      }
      if (column % Long.SIZE == Long.SIZE - 1 || column == kinds.length - 1) {
        PackedRows.putLong(packed, word, missing);
        missing = 0;
      }
    }
    long key =
        row.numFields() > kinds.length
            ? row.getLong(kinds.length)
            : hash(content == kinds.length ? length : end);
    PackedRows.putInt(packed, 0, length);
    PackedRows.putLong(packed, Integer.BYTES, key);
    return key;
  }

  private void put(InternalRow row, int column) {
    ColumnKind kind = kinds[column];
    if (kind == ColumnKind.FLOAT) {
      PackedRows.putInt(packed, length, Float.floatToRawIntBits(row.getFloat(column)));
      length += Float.BYTES;
    } else if (kind.isNumber() || kind == ColumnKind.LONG) {
      PackedRows.putLong(packed, length, kind.bits(row, column));
      length += Long.BYTES;
    } else {
      byte[] bytes = kind.bytes(row, column);
      reserve(Integer.BYTES + bytes.length + Long.BYTES * Long.SIZE);
      PackedRows.putInt(packed, length, bytes.length);
      System.arraycopy(bytes, 0, packed, length + Integer.BYTES, bytes.length);
      length += Integer.BYTES + bytes.length;
    }
  }

  private long hash(int end) {
    int start = Platform.BYTE_ARRAY_OFFSET + PackedRows.VALUES;
    return XXH64.hashUnsafeBytes(packed, start, end - PackedRows.VALUES, SEED);
  }

  /** Makes room for some more bytes of the row. */
  private void reserve(int bytes) {
    int needed = Math.addExact(length, bytes);
    if (needed > packed.length) {
      packed = Arrays.copyOf(packed, Math.max(needed, 2 * packed.length));
    }
  }
}
