package io.meanfield.store.file;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes files outside of runs, at a path that the user chose. */
public final class ExportedFile {
  private ExportedFile() {}

  /**
   * Writes a file; replaces an existing one, as {@link AtomicFiles#replace} does.
   *
   * @param location the path as the user wrote it
   * @return the path of the file, for messages
   * @throws UserException if the file cannot be written
   */
  public static String write(Configuration hadoop, String location, FileContent content) {
    Path path = HadoopPaths.resolve(location);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      if (fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory()) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS,
            "%s is a directory; expected the name of a file",
            HadoopPaths.display(path));
      }
      new AtomicFiles(hadoop, Fence.OPEN).replace(path, content);
      return HadoopPaths.display(path);
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.STORE_UNWRITABLE,
          "cannot write %s: %s; check the path, its permissions and the free space",
          HadoopPaths.display(path),
          IoReason.of(e));
    }
  }
}
