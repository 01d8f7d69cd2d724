package io.meanfield.store.file;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The checksum of the bytes that were written to a file, to compare with those that it has. */
final class Checksum {
  private final CRC32C written = new CRC32C();

  /** Returns a stream to {@code out} that counts its bytes in. */
  OutputStream count(OutputStream out) {
    return new CheckedOutputStream(out, written);
  }

  /**
   * Reads a file back.
   *
   * @throws UserException if its bytes are not those that were written
   */
  void verify(FileSystem fileSystem, Path file) throws IOException {
    CRC32C read = new CRC32C();
    try (InputStream in = new CheckedInputStream(fileSystem.open(file), read)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    if (read.getValue() != written.getValue()) {
      throw UserException.of(
          ErrorCode.STORE_UNWRITABLE,
          "%s reads back with checksum %s, written was %s; the disk or the file system is damaged",
          file,
          read.getValue(),
          written.getValue());
    }
  }
}
