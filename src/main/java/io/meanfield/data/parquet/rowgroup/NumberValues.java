package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.ColumnReader;

/** Numbers of type float or double. */
final class NumberValues extends ColumnValues {
  private final boolean isFloat;
  private final double[] values;

  NumberValues(ValueKind kind, int capacity) {
    super(capacity);
    this.isFloat = kind == ValueKind.FLOAT;
    this.values = new double[capacity];
  }

  @Override
  void read(ColumnReader column, Levels levels, int rows) {
    for (int row = 0; row < rows; row++) {
      boolean isPresent = column.getCurrentDefinitionLevel() == levels.present();
      set(row, !isPresent);
      values[row] = isPresent ? value(column) : Double.NaN;
      column.consume();
    }
  }

  private double value(ColumnReader column) {
    return isFloat ? column.getFloat() : column.getDouble();
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
