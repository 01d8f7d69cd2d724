package io.meanfield.data;

import java.nio.ByteBuffer;

/** Converts numbers to big-endian bytes, for digests. */
final class BigEndian {
  private BigEndian() {}

  static byte[] of(float[] values, int offset, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES));
    bytes.asFloatBuffer().put(values, offset, count);
    return bytes.array();
  }
}
