package io.meanfield.data.frame.packed;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of a partition, column by column. */
public final class RowPart {
  private final ColumnKind[] kinds;
  private final int count;
  private final float[][] floats;
  private final double[][] doubles;
  private final long[][] longs;
  private final Object[][] objects;
  private final Texts[] texts;
  private final BitSet[] missing;
  private int row;

  /**
   * Returns the values of rows.
   *
   * @param kinds of the columns, which are the first of each row
   */
  public static RowPart of(List<InternalRow> rows, ColumnKind[] kinds) {
    RowPart part = new RowPart(kinds, rows.size());
    for (int to = 0; to < part.count; to++) {
      for (int column = 0; column < kinds.length; column++) {
        if (rows.get(to).isNullAt(column)) {
          part.setMissing(to, column);
        } else {
          part.set(to, column, rows.get(to));
        }
      }
    }
    return part;
  }

  private void set(int to, int column, InternalRow row) {
    ColumnKind kind = kinds[column];
    switch (kind) {
      case FLOAT -> floats[column][to] = row.getFloat(column);
      case DOUBLE, MICROS -> doubles[column][to] = Double.longBitsToDouble(kind.bits(row, column));
      case LONG -> longs[column][to] = row.getLong(column);
      case TEXT -> objects[column][to] = row.getUTF8String(column).toString();
      case OBJECT -> objects[column][to] = ColumnKind.object(row.get(column, null));
      default -> objects[column][to] = kind.value(kind.bytes(row, column));
    }
  }

  /** Returns the values of some of the columns, in this order. */
  public RowPart select(int[] columns) {
    return new RowPart(this, columns);
  }

  private RowPart(RowPart all, int[] columns) {
    this.kinds = new ColumnKind[columns.length];
    this.count = all.count;
    this.floats = new float[columns.length][];
    this.doubles = new double[columns.length][];
    this.longs = new long[columns.length][];
    this.objects = new Object[columns.length][];
    this.texts = new Texts[columns.length];
    this.missing = new BitSet[columns.length];
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      kinds[i] = all.kinds[column];
      floats[i] = all.floats[column];
      doubles[i] = all.doubles[column];
      longs[i] = all.longs[column];
      objects[i] = all.objects[column];
      texts[i] = all.texts[column];
      missing[i] = all.missing[column];
    }
  }

  /** Makes room for a number of rows. */
  RowPart(ColumnKind[] kinds, int count) {
    this.kinds = kinds;
    this.count = count;
    this.floats = new float[kinds.length][];
    this.doubles = new double[kinds.length][];
    this.longs = new long[kinds.length][];
    this.objects = new Object[kinds.length][];
    this.texts = new Texts[kinds.length];
    this.missing = new BitSet[kinds.length];
    for (int column = 0; column < kinds.length; column++) {
      missing[column] = new BitSet(count);
      switch (kinds[column]) {
        case FLOAT -> floats[column] = new float[count];
        case DOUBLE, MICROS -> doubles[column] = new double[count];
        case LONG -> longs[column] = new long[count];
        default -> {
          objects[column] = new Object[count];
          texts[column] = new Texts();
        }
      }
    }
  }

  /**
   * Reads the values of a row that {@link RowPacker} has written.
   *
   * @param offset where they begin in the chunk
   */
  void read(int to, byte[] chunk, int offset) {
    int next = offset;
    long isMissing = 0;
    for (int column = 0; column < kinds.length; column++) {
      if (column % Long.SIZE == 0) {
        isMissing = PackedRows.longAt(chunk, next);
        next += Long.BYTES;
      }
      if ((isMissing >>> column & 1) != 0) {
        setMissing(to, column);
      } else if (floats[column] != null) {
        floats[column][to] = Float.intBitsToFloat(PackedRows.intAt(chunk, next));
        next += Float.BYTES;
      } else if (doubles[column] != null) {
        doubles[column][to] = Double.longBitsToDouble(PackedRows.longAt(chunk, next));
        next += Double.BYTES;
      } else {
        next = readOther(to, column, chunk, next);
      }
    }
  }

  private int readOther(int to, int column, byte[] chunk, int offset) {
    if (longs[column] != null) {
      longs[column][to] = PackedRows.longAt(chunk, offset);
      return offset + Long.BYTES;
    }
    int start = offset + Integer.BYTES;
    int end = start + PackedRows.intAt(chunk, offset);
    objects[column][to] =
        kinds[column] == ColumnKind.TEXT
            ? texts[column].text(chunk, start, end)
            : kinds[column].value(Arrays.copyOfRange(chunk, start, end));
    return end;
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
    return kinds[column].isNumber() || kinds[column] == ColumnKind.LONG;
  }

  /**
   * Copies the numbers of a column that has numbers, in rows from {@code first} on; NaN for missing
   * ones.
   */
  public void copyNumbers(int column, int first, double[] target) {
    switch (kinds[column]) {
      case FLOAT -> Arrays.setAll(target, i -> floats[column][first + i]);
      case LONG ->
          Arrays.setAll(
              target,
              i -> missing[column].get(first + i) ? Double.NaN : (double) longs[column][first + i]);
      default -> System.arraycopy(doubles[column], first, target, 0, target.length);
    }
  }

  /** Adds the rows in which a column of numbers has none that is finite as a float. */
  public void addNotFinite(int column, BitSet rows) {
    if (kinds[column] == ColumnKind.LONG) {
      rows.or(missing[column]);
      return;
    }
    for (int i = 0; i < count; i++) {
      float number = floats[column] == null ? (float) doubles[column][i] : floats[column][i];
      if (!Float.isFinite(number)) {
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

  /** Replaces a text by the number that was parsed from it, so that it is parsed once. */
  public void replaceText(int column, double number) {
    if (isText(column)) {
      objects[column][row] = number;
    }
  }

  /** Returns a value that is neither missing nor a text as a number. */
  public double number(int column) {
    return switch (kinds[column]) {
      case FLOAT -> floats[column][row];
      case DOUBLE, MICROS -> doubles[column][row];
      case LONG -> longs[column][row];
      default -> objects[column][row] instanceof Number n ? n.doubleValue() : Double.NaN;
    };
  }

  /** Returns a value of an integer type. */
  public long whole(int column) {
    return kinds[column] == ColumnKind.LONG ? longs[column][row] : (Long) objects[column][row];
  }

  /** Returns a text, or an integer in its digits. */
  public String text(int column) {
    return longs[column] == null
        ? objects[column][row].toString()
        : Long.toString(longs[column][row]);
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

  /** Returns whether an array or a vector has finite numbers only, or a value is bytes. */
  public boolean isFinite(int column) {
    if (kinds[column] != ColumnKind.BYTES) {
      for (float number : numbers(column)) {
        if (!Float.isFinite(number)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the number of values of an array, a vector or bytes. */
  public int length(int column) {
    return kinds[column] == ColumnKind.BYTES ? bytes(column).length : numbers(column).length;
  }

  public byte[] bytes(int column) {
    return (byte[]) objects[column][row];
  }
}
