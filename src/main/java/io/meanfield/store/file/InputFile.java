package io.meanfield.store.file;

import io.meanfield.error.IoReason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Opens files to read them. Hadoop's file systems report files without the permission to read them,
 * and directories, as missing.
 */
public final class InputFile {
  /** The largest file that is read whole, in bytes. */
  public static final int MAX_BYTES = 256 << 20;

  private InputFile() {}

  /**
   * Opens a file.
   *
   * @throws FileNotFoundException if nothing has this name
   * @throws IOException if the file cannot be read, or if a directory, a pipe or a device has this
   *     name
   */
  public static InputStream open(FileSystem fileSystem, Path path) throws IOException {
    requireNoPipe(fileSystem, path);
    try {
      return fileSystem.open(path);
    } catch (FileNotFoundException e) {
      fileSystem.getFileStatus(path); // throws if nothing has this name
    }
    // Once more, because another process may have created the file after it was not found.
    try {
      return fileSystem.open(path);
    } catch (FileNotFoundException e) {
      throw unreadable(fileSystem.getFileStatus(path), e);
    }
  }

  /**
   * Throws if a path is that of a pipe, a socket or a device of this machine, whose reader may wait
   * for ever and cannot begin again.
   */
  public static void requireNoPipe(FileSystem fileSystem, Path path) throws IOException {
    Optional<java.nio.file.Path> local = HadoopPaths.local(fileSystem, path);
    if (local.isPresent() && isOther(local.get())) {
      throw new IOException(
          "expected a file, found a pipe, a socket or a device; write its content to a file");
    }
  }

  private static boolean isOther(java.nio.file.Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).isOther();
    } catch (IOException e) {
      return false; // who opens the file says what is wrong
    }
  }

  /**
   * Returns the rest of a stream. Takes no more memory than {@code most} bytes allow.
   *
   * @throws IOException if it has more than {@code most} bytes; the message follows a colon
   */
  public static byte[] readBytes(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most && in.read() >= 0) {
      throw new IOException(
          "expected at most " + most + " bytes, found more; restore the file from a backup");
    }
    return bytes;
  }

  private static IOException unreadable(FileStatus found, FileNotFoundException e) {
    return new IOException(
        found.isDirectory() ? "expected a file, found a directory; check the path" : advice(e), e);
  }

  private static String advice(FileNotFoundException e) {
    String reason = IoReason.of(e);
    return reason.equals("Permission denied")
        ? reason + "; allow the user of this process to read the file"
        : reason;
  }
}
