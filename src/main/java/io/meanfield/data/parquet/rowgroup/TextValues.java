package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;

/** Strings or bytes. */
public final class TextValues extends ColumnValues {
  private final Binary[] values;

  TextValues(int capacity) {
    super(capacity);
    this.values = new Binary[capacity];
  }

  @Override
  void read(ColumnReader column, Levels levels, int rows) {
    for (int row = 0; row < rows; row++) {
      boolean isPresent = column.getCurrentDefinitionLevel() == levels.present();
      set(row, !isPresent);
      values[row] = isPresent ? column.getBinary() : Binary.EMPTY;
      column.consume();
    }
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
