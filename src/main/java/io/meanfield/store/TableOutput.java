package io.meanfield.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A stream as a file that Parquet writes. The caller closes the stream.
 *
 * @param out receives the bytes of the file
 */
record TableOutput(OutputStream out) implements OutputFile {
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public PositionOutputStream create(long blockSize) {
    return new CountedStream(new BufferedOutputStream(out, BUFFER_BYTES));
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return create(blockSize);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  private static final class CountedStream extends PositionOutputStream {
    private final OutputStream buffer;
    private long position;

    CountedStream(OutputStream buffer) {
      this.buffer = buffer;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      buffer.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      buffer.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      buffer.flush();
    }

    @Override
    public void close() throws IOException {
      buffer.flush();
    }
  }
}
