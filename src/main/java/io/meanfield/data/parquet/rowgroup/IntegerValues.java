package io.meanfield.data.parquet.rowgroup;

import java.util.Arrays;
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
  void readPresent(ValuesReader reader, int from, int count) {
    for (int row = from; row < from + count; row++) {
      values[row] = value(reader);
    }
  }

  @Override
  void clear(int from, int count) {
    Arrays.fill(values, from, from + count, 0);
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
  public boolean copyTo(float[] target, int count) {
    boolean areFinite = true;
    for (int row = 0; row < count; row++) {
      target[row] = values[row];
      areFinite &= !isMissing(row);
    }
    return areFinite;
  }

  @Override
  String present(int row) {
    return kind == ValueKind.BOOLEAN
        ? Boolean.toString(values[row] != 0)
        : Long.toString(values[row]);
  }
}
