package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.ColumnReader;

/** Integers of at most 64 bits, or truth values. */
public final class IntegerValues extends ColumnValues {
  private final ValueKind kind;
  private final long[] values;

  IntegerValues(ValueKind kind, int capacity) {
    super(capacity);
    this.kind = kind;
    this.values = new long[capacity];
  }

  @Override
  void read(ColumnReader column, Levels levels, int rows) {
    for (int row = 0; row < rows; row++) {
      boolean isPresent = column.getCurrentDefinitionLevel() == levels.present();
      set(row, !isPresent);
      values[row] = isPresent ? value(column, kind) : 0;
      column.consume();
    }
  }

  static long value(ColumnReader column, ValueKind kind) {
    if (kind == ValueKind.BOOLEAN) {
      return column.getBoolean() ? 1 : 0;
    }
    return kind == ValueKind.LONG ? column.getLong() : column.getInteger();
  }

  /** Returns an integer; 0 if it is missing. */
  public long integer(int row) {
    return values[row];
  }

  @Override
  public double number(int row) {
    return isMissing(row) ? Double.NaN : values[row];
  }

  // Not by way of a double, which would round twice.
  @Override
  public float single(int row) {
    return isMissing(row) ? Float.NaN : values[row];
  }

  @Override
  String present(int row) {
    return kind == ValueKind.BOOLEAN
        ? Boolean.toString(values[row] != 0)
        : Long.toString(values[row]);
  }
}
