package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.values.ValuesReader;

/** Numbers of type float or double. */
final class NumberValues extends FlatValues {
  private final boolean isFloat;
  private final double[] values;

  NumberValues(ValueKind kind, int capacity) {
    super(capacity);
    this.isFloat = kind == ValueKind.FLOAT;
    this.values = new double[capacity];
  }

  @Override
  void read(ValuesReader reader, int from, int count) {
    for (int row = from; row < from + count; row++) {
      values[row] = isMissing(row) ? Double.NaN : value(reader);
    }
  }

  private double value(ValuesReader reader) {
    return isFloat ? reader.readFloat() : reader.readDouble();
  }

  @Override
  public double number(int row) {
    return values[row];
  }

  @Override
  String present(int row) {
    return text(isFloat ? ValueKind.FLOAT : ValueKind.DOUBLE, values[row]);
  }

  /** Returns the text of a number of some type. */
  static String text(ValueKind kind, double number) {
    return switch (kind) {
      case FLOAT -> Float.toString((float) number);
      case DOUBLE -> Double.toString(number);
      default -> Long.toString((long) number);
    };
  }
}
