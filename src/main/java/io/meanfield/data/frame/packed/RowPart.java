package io.meanfield.data.frame.packed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.sql.Row;

/** The rows of a partition, column by column. */
public final class RowPart {
  /** The greatest number of rows that are read at a time. */
  public static final int ROWS_AT_A_TIME = 256;

  private final ColumnKind[] kinds;
  private final int count;
  private final float[][] floats;
  private final double[][] doubles;
  private final long[][] longs;
  private final Object[][] objects;
  private final BitSet[] missing;
  private final long[] words = new long[ROWS_AT_A_TIME];
  private long anyMissing;
  private int row;

  /**
   * Returns rows of objects, as a function or a copy of their columns needs them.
   *
   * @param columns the number of columns, which are the first of each row
   */
  public static RowPart of(List<Row> rows, int columns) {
    ColumnKind[] kinds = new ColumnKind[columns];
    Arrays.fill(kinds, ColumnKind.OBJECT);
    RowPart part = new RowPart(kinds, rows.size());
    for (int to = 0; to < part.count; to++) {
      for (int column = 0; column < columns; column++) {
        if (rows.get(to).isNullAt(column)) {
          part.setMissing(to, column);
        } else {
          part.objects[column][to] = ColumnKind.object(rows.get(to), column);
        }
      }
    }
    return part;
  }

  /** Makes room for a number of rows. */
  RowPart(ColumnKind[] kinds, int count) {
    this.kinds = kinds;
    this.count = count;
    this.floats = new float[kinds.length][];
    this.doubles = new double[kinds.length][];
    this.longs = new long[kinds.length][];
    this.objects = new Object[kinds.length][];
    this.missing = new BitSet[kinds.length];
    for (int column = 0; column < kinds.length; column++) {
      missing[column] = new BitSet();
      switch (kinds[column]) {
        case FLOAT -> floats[column] = new float[count];
        case DOUBLE, MICROS -> doubles[column] = new double[count];
        case LONG -> longs[column] = new long[count];
        default -> objects[column] = new Object[count];
      }
    }
  }

  /**
   * Reads the values of rows that {@link RowPacker} has written, column by column.
   *
   * @param first the first of these rows
   * @param chunks the chunk of each row
   * @param offsets where the values of each row begin; changed
   */
  void read(int first, ByteBuffer[] chunks, int[] offsets) {
    for (int column = 0; column < kinds.length; column++) {
      if (column % Long.SIZE == 0) {
        readWords(chunks, offsets);
      }
      read(column, first, chunks, offsets);
    }
  }

  private void readWords(ByteBuffer[] chunks, int[] offsets) {
    anyMissing = 0;
    for (int i = 0; i < offsets.length; i++) {
      words[i] = chunks[i].getLong(offsets[i]);
      anyMissing |= words[i];
      offsets[i] += Long.BYTES;
    }
  }

  private void read(int column, int first, ByteBuffer[] chunks, int[] offsets) {
    boolean isWhole = (anyMissing >>> column & 1) == 0;
    if (isWhole && kinds[column] == ColumnKind.FLOAT) {
      readFloats(floats[column], first, chunks, offsets);
    } else {
      readAny(column, first, chunks, offsets);
    }
  }

  // Most columns are such.
  private static void readFloats(float[] column, int first, ByteBuffer[] chunks, int[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      column[first + i] = chunks[i].getFloat(offsets[i]);
      offsets[i] += Float.BYTES;
    }
  }

  private void readAny(int column, int first, ByteBuffer[] chunks, int[] offsets) {
    boolean hasMissing = (anyMissing >>> column & 1) != 0;
    for (int i = 0; i < offsets.length; i++) {
      if (hasMissing && (words[i] >>> column & 1) != 0) {
        setMissing(first + i, column);
      } else {
        offsets[i] += read(column, first + i, chunks[i], offsets[i]);
      }
    }
  }

  /** Reads a value; returns the number of its bytes. */
  private int read(int column, int to, ByteBuffer in, int offset) {
    switch (kinds[column]) {
      case FLOAT -> floats[column][to] = in.getFloat(offset);
      case DOUBLE, MICROS -> doubles[column][to] = in.getDouble(offset);
      case LONG -> longs[column][to] = in.getLong(offset);
      default -> {
        byte[] bytes = new byte[in.getInt(offset)];
        in.get(offset + Integer.BYTES, bytes);
        objects[column][to] = kinds[column].value(bytes);
        return Integer.BYTES + bytes.length;
      }
    }
    return kinds[column] == ColumnKind.FLOAT ? Float.BYTES : Double.BYTES;
  }

  private void setMissing(int to, int column) {
    missing[column].set(to);
    switch (kinds[column]) {
      case FLOAT -> floats[column][to] = Float.NaN;
      case DOUBLE, MICROS -> doubles[column][to] = Double.NaN;
      default -> {}
    }
  }

  public int count() {
    return count;
  }

  /** Returns the values of another row from now on. */
  public void moveTo(int next) {
    row = next;
  }

  /** Returns whether each value of a column is one number, or missing, so that none is parsed. */
  public boolean hasNumbers(int column) {
    return kinds[column].isNumber();
  }

  /**
   * Copies the numbers of a column that has numbers, in rows from {@code first} on; NaN for missing
   * ones.
   */
  public void copyNumbers(int column, int first, double[] target) {
    if (kinds[column] != ColumnKind.FLOAT) {
      System.arraycopy(doubles[column], first, target, 0, target.length);
      return;
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = floats[column][first + i];
    }
  }

  /** Adds the rows in which a column of numbers has none that is finite as a float. */
  public void addNotFinite(int column, BitSet rows) {
    double[] numbers = new double[count];
    copyNumbers(column, 0, numbers);
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite((float) numbers[i])) {
        rows.set(i);
      }
    }
  }

  public boolean isMissing(int column) {
    return missing[column].get(row);
  }

  /** Returns whether the value is a text, from which a number must be parsed. */
  public boolean isText(int column) {
    return objects[column] != null && objects[column][row] instanceof String;
  }

  /** Returns a value that is neither missing nor a text as a number. */
  public double number(int column) {
    return switch (kinds[column]) {
      case FLOAT -> floats[column][row];
      case DOUBLE, MICROS -> doubles[column][row];
      default -> objects[column][row] instanceof Number n ? n.doubleValue() : Double.NaN;
    };
  }

  /** Returns a value of an integer type. */
  public long whole(int column) {
    return kinds[column] == ColumnKind.LONG ? longs[column][row] : (Long) objects[column][row];
  }

  public String text(int column) {
    return (String) objects[column][row];
  }

  /**
   * Returns the numbers of an array or a vector, with NaN for missing ones; one number of a column
   * of numbers.
   */
  public float[] numbers(int column) {
    return objects[column] != null && objects[column][row] instanceof float[] numbers
        ? numbers
        : new float[] {(float) number(column)};
  }

  public byte[] bytes(int column) {
    return (byte[]) objects[column][row];
  }
}
