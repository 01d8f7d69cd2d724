package io.meanfield.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Cuts and joins byte arrays. */
final class Bytes {
  private Bytes() {}

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  static byte[] from(byte[] content, int begin) {
    return Arrays.copyOfRange(content, Math.min(begin, content.length), content.length);
  }

  static byte[] until(byte[] content, int end) {
    return Arrays.copyOf(content, Math.min(end, content.length));
  }

  /** Returns the content with {@code replacement} in place of the bytes of a range. */
  static byte[] replace(byte[] content, int begin, int end, byte[] replacement) {
    return join(until(content, begin), replacement, from(content, end));
  }

  /** Returns the content repeated, without a partial copy, in at most {@code limit} bytes. */
  static byte[] repeat(byte[] content, int limit) {
    int copies = Math.max(1, limit / Math.max(1, content.length));
    byte[] repeated = new byte[copies * content.length];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = content[i % content.length];
    }
    return repeated;
  }
}
