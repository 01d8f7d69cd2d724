package io.meanfield.data.parquet.rowgroup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.values.ValuesReader;

/**
 * Numbers that are stored without an encoding. Parquet's own reader takes several times as long,
 * because it reads byte by byte.
 */
final class PlainNumbers extends ValuesReader {
  private final ByteBuffer bytes;
  private final int width;

  /**
   * Makes a reader before the first number.
   *
   * @param width the number of bytes of each number
   */
  PlainNumbers(ByteBuffer bytes, int width) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    this.width = width;
  }

  @Override
  public float readFloat() {
    return bytes.getFloat();
  }

  @Override
  public double readDouble() {
    return bytes.getDouble();
  }

  @Override
  public int readInteger() {
    return bytes.getInt();
  }

  @Override
  public long readLong() {
    return bytes.getLong();
  }

  /** Reads many numbers of 32 bits. */
  void read(float[] target, int from, int count) {
    bytes.asFloatBuffer().get(target, from, count);
    bytes.position(bytes.position() + count * width);
  }

  /** Reads many numbers of 64 bits. */
  void read(double[] target, int from, int count) {
    bytes.asDoubleBuffer().get(target, from, count);
    bytes.position(bytes.position() + count * width);
  }

  @Override
  public void skip() {
    bytes.position(bytes.position() + width);
  }
}
