package io.meanfield.store;

import java.io.IOException;
import java.io.InputStream;

/** Reads files whole that may be larger than every file of their kind. */
public final class BoundedBytes {
  /** More than a file has that describes one thing, such as a status or a manifest; in bytes. */
  public static final int SMALL = 16 << 20;

  private BoundedBytes() {}

  /**
   * Returns the rest of a stream. Takes no more memory than {@code most} bytes allow.
   *
   * @throws IOException if it has more than {@code most} bytes; the message follows a colon
   */
  public static byte[] read(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most && in.read() >= 0) {
      throw new IOException(
          "expected at most " + most + " bytes, found more; restore the file from a backup");
    }
    return bytes;
  }
}
