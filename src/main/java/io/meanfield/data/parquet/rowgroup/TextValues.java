package io.meanfield.data.parquet.rowgroup;

import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/** Strings or bytes. */
public final class TextValues extends FlatValues {
  private final Binary[] values;

  TextValues(int capacity) {
    super(capacity);
    this.values = new Binary[capacity];
  }

  @Override
  void readPresent(ValuesReader reader, int from, int count) {
    for (int row = from; row < from + count; row++) {
      values[row] = reader.readBytes();
    }
  }

  @Override
  void clear(int from, int count) {
    Arrays.fill(values, from, from + count, Binary.EMPTY);
  }

  /** Returns a value, equal for equal bytes; it is valid until the next rows are read. */
  public Object key(int row) {
    return values[row];
  }

  /** Returns a value, equal to that of {@link #key}, that stays valid. */
  public Object copiedKey(int row) {
    return Binary.fromConstantByteArray(values[row].getBytes());
  }

  /** Returns the bytes of a value; none if it is missing. */
  public byte[] bytes(int row) {
    return values[row].getBytes();
  }

  @Override
  String present(int row) {
    return values[row].toStringUsingUTF8();
  }
}
