package io.meanfield.data.parquet.rowgroup;

import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** Numbers of type double. */
final class DoubleValues extends FlatValues {
  private final double[] values;

  DoubleValues(int capacity) {
    super(capacity);
    this.values = new double[capacity];
  }

  @Override
  void readPresent(ValuesReader reader, int from, int count) {
    if (reader instanceof PlainNumbers plain) {
      plain.read(values, from, count);
    } else {
      for (int row = from; row < from + count; row++) {
        values[row] = reader.readDouble();
      }
    }
  }

  @Override
  void clear(int from, int count) {
    Arrays.fill(values, from, from + count, Double.NaN);
  }

  @Override
  public double number(int row) {
    return values[row];
  }

  @Override
  public boolean copyTo(float[] target, int count) {
    boolean areFinite = true;
    for (int row = 0; row < count; row++) {
      target[row] = (float) values[row];
      areFinite &= Math.abs(target[row]) <= Float.MAX_VALUE;
    }
    return areFinite;
  }

  @Override
  String present(int row) {
    return Double.toString(values[row]);
  }
}
