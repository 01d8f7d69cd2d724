package io.meanfield.data.parquet.rowgroup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of a column in a row group, of which a buffer holds the next ones. Each read of the
 * file fills the buffer.
 */
final class ChunkBytes extends InputStream {
  // Old writers did not count the header of a dictionary.
  private static final int UNCOUNTED = 100;

  private final OpenFile file;
  private final byte[] buffer;
  private final long end;
  private final long limit;

  /** The position in the file of the first byte after those in the buffer. */
  private long position;

  private int first;
  private int last;

  /**
   * Makes bytes, none of which is read yet.
   *
   * @param start the position of the first byte in the file
   * @param size the number of bytes
   * @param bufferSize the size of the buffer, at least 1
   */
  ChunkBytes(OpenFile file, long start, long size, int bufferSize) {
    this.file = file;
    this.buffer = new byte[bufferSize];
    this.end = start + size;
    this.limit = Math.min(end + UNCOUNTED, file.length());
    this.position = start;
  }

  /** Reads the first bytes; called for one column after the other in the order of the file. */
  void readFirst() throws IOException {
    int count = (int) Math.min(buffer.length, end - position);
    file.readInOrder(position, buffer, count);
    position += count;
    last = count;
  }

  /** The number of bytes that are not taken yet. */
  long left() {
    return limit - position + last - first;
  }

  @Override
  public int read() throws IOException {
    if (left() == 0) {
      return -1;
    }
    fill(1);
    return buffer[first++] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0 || left() == 0) {
      return count == 0 ? 0 : -1;
    }
    fill(1);
    int read = Math.min(count, last - first);
    System.arraycopy(buffer, first, target, offset, read);
    first += read;
    return read;
  }

  /**
   * Takes the next bytes. They are valid until more bytes are read.
   *
   * @throws EOFException if there are not as many
   */
  ByteBuffer take(int count) throws IOException {
    if (count > left()) {
      throw new EOFException("expected " + count + " bytes, found " + left());
    }
    if (count > buffer.length) {
      return ByteBuffer.wrap(large(count));
    }
    fill(count);
    first += count;
    return ByteBuffer.wrap(buffer, first - count, count);
  }

  /** Leaves out the next bytes, of which there are as many; reads none of them. */
  void leaveOut(int count) {
    int held = Math.min(count, last - first);
    first += held;
    position += count - held;
  }

  /** Takes more bytes than the buffer holds. */
  private byte[] large(int count) throws IOException {
    byte[] taken = new byte[count];
    int held = last - first;
    System.arraycopy(buffer, first, taken, 0, held);
    file.read(position, taken, held, count - held);
    position += count - held;
    first = 0;
    last = 0;
    return taken;
  }

  /** Puts at least so many bytes into the buffer, for which it is large enough. */
  private void fill(int least) throws IOException {
    int held = last - first;
    if (held >= least) {
      return;
    }
    System.arraycopy(buffer, first, buffer, 0, held);
    int count = (int) Math.min(buffer.length - held, Math.max(end - position, (long) least - held));
    file.read(position, buffer, held, count);
    position += count;
    first = 0;
    last = held + count;
  }
}
