package io.meanfield.data.parquet.rowgroup;

import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** Numbers of type float. */
final class FloatValues extends FlatValues {
  private final float[] values;

  FloatValues(int capacity) {
    super(capacity);
    this.values = new float[capacity];
  }

  @Override
  void readPresent(ValuesReader reader, int from, int count) {
    if (reader instanceof PlainNumbers plain) {
      plain.read(values, from, count);
    } else {
      for (int row = from; row < from + count; row++) {
        values[row] = reader.readFloat();
      }
    }
  }

  @Override
  void clear(int from, int count) {
    Arrays.fill(values, from, from + count, Float.NaN);
  }

  @Override
  public double number(int row) {
    return values[row];
  }

  @Override
  public float single(int row) {
    return values[row];
  }

  @Override
  public boolean copyTo(float[] target, int count) {
    boolean areFinite = true;
    for (int row = 0; row < count; row++) {
      target[row] = values[row];
      areFinite &= Math.abs(values[row]) <= Float.MAX_VALUE;
    }
    return areFinite;
  }

  @Override
  String present(int row) {
    return Float.toString(values[row]);
  }
}
