package io.meanfield.data.frame.packed;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * The packed rows of a partition or a chunk.
 *
 * @param chunks of a {@link RowPacker}
 * @param places the number of the chunk of each row, in the upper half, and its offset there
 */
public record PackedRows(byte[][] chunks, long[] places) {
  /** Where the values of a row begin: after its length and its key. */
  static final int VALUES = Integer.BYTES + Long.BYTES;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

  private static final int ROWS_AT_A_TIME = 64;

  static int intAt(byte[] chunk, int offset) {
    return (int) INT.get(chunk, offset);
  }

  static void putInt(byte[] chunk, int offset, int value) {
    INT.set(chunk, offset, value);
  }

  static void putLong(byte[] chunk, int offset, long value) {
    LONG.set(chunk, offset, value);
  }

  static long longAt(byte[] chunk, int offset) {
    return (long) LONG.get(chunk, offset);
  }

  /** Returns the rows of one chunk as they were packed. */
  public static PackedRows of(byte[] chunk) {
    byte[][] chunks = {chunk};
    return new PackedRows(chunks, places(chunks));
  }

  /** Sorts the rows; those of equal keys are in the order of their bytes. */
  public static PackedRows sorted(Iterator<Tuple2<Integer, byte[]>> part) {
    List<byte[]> all = new ArrayList<>();
    part.forEachRemaining(chunk -> all.add(chunk._2()));
    byte[][] chunks = all.toArray(byte[][]::new);
    PackedRows rows = new PackedRows(chunks, places(chunks));
    int[] order = rows.order();
    return new PackedRows(
        chunks, Arrays.stream(order).mapToLong(row -> rows.places[row]).toArray());
  }

  private static long[] places(byte[][] chunks) {
    long[] places = new long[1024];
    int count = 0;
    for (int i = 0; i < chunks.length; i++) {
      byte[] chunk = chunks[i];
      for (int offset = 0; offset < chunk.length; offset += intAt(chunk, offset)) {
        if (count == places.length) {
          places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = (long) i << Integer.SIZE | offset;
      }
    }
    return Arrays.copyOf(places, count);
  }

  // Sorts the keys with the numbers of the rows in place of their last bits: numbers of a primitive
  // type, which takes a tenth of the time of objects.
  private int[] order() {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, places.length - 1));
    long[] keys = new long[places.length];
    Arrays.setAll(keys, row -> key(row) >> bits << bits | row);
    Arrays.sort(keys);
    int[] order = Arrays.stream(keys).mapToInt(key -> (int) (key & ((1L << bits) - 1))).toArray();
    for (int first = 0, end; first < order.length; first = end) {
      for (end = first + 1; end < order.length && keys[end] >> bits == keys[first] >> bits; ) {
        end++;
      }
      if (end > first + 1) {
        sort(order, first, end);
      }
    }
    return order;
  }

  private void sort(int[] order, int first, int end) {
    int[] sorted =
        IntStream.range(first, end)
            .mapToObj(i -> order[i])
            .sorted(Comparator.<Integer>comparingLong(this::key).thenComparing(this::compareBytes))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, order, first, sorted.length);
  }

  private int compareBytes(int row, int other) {
    return Arrays.compare(
        chunk(row), values(row), end(row), chunk(other), values(other), end(other));
  }

  private byte[] chunk(int row) {
    return chunks[(int) (places[row] >> Integer.SIZE)];
  }

  /** Returns the number of rows. */
  public int count() {
    return places.length;
  }

  /** Returns the key of a row. */
  public long key(int row) {
    return longAt(chunk(row), (int) places[row] + Integer.BYTES);
  }

  private int values(int row) {
    return (int) places[row] + VALUES;
  }

  private int end(int row) {
    return (int) places[row] + intAt(chunk(row), (int) places[row]);
  }

  /** Returns the values. */
  public RowPart unpacked(ColumnKind[] kinds) {
    RowPart part = new RowPart(kinds, places.length);
    byte[] copied = new byte[0];
    int[] starts = new int[ROWS_AT_A_TIME];
    for (int first = 0; first < places.length; first += ROWS_AT_A_TIME) {
      int count = Math.min(ROWS_AT_A_TIME, places.length - first);
      int length = 0;
      for (int i = 0; i < count; i++) {
        starts[i] = length;
        length += end(first + i) - values(first + i);
      }
      if (length > copied.length) {
        copied = new byte[2 * length];
      }
      // The processor fetches several rows at a time while they are copied.
      for (int i = 0; i < count; i++) {
        int row = first + i;
        System.arraycopy(chunk(row), values(row), copied, starts[i], end(row) - values(row));
      }
      for (int i = 0; i < count; i++) {
        part.read(first + i, copied, starts[i]);
      }
    }
    return part;
  }

  /** Returns the rows that are not among these. */
  public PackedRows without(BitSet rows) {
    return new PackedRows(
        chunks,
        IntStream.range(0, places.length)
            .filter(row -> !rows.get(row))
            .mapToLong(row -> places[row])
            .toArray());
  }
}
