package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.values.ValuesReader;

/** Integers of at most 64 bits, or truth values. */
public final class IntegerValues extends FlatValues {
  private final ValueKind kind;
  private final long[] values;

  IntegerValues(ValueKind kind, int capacity) {
    super(capacity);
    this.kind = kind;
    this.values = new long[capacity];
  }

  @Override
  void read(ValuesReader reader, int from, int count) {
    for (int row = from; row < from + count; row++) {
      values[row] = isMissing(row) ? 0 : value(reader);
    }
  }

  private long value(ValuesReader reader) {
    return switch (kind) {
      case BOOLEAN -> reader.readBoolean() ? 1 : 0;
      case LONG -> reader.readLong();
      default -> reader.readInteger();
    };
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
