package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that belongs to no run, at a path that a user chose. */
public final class ExportedFile {
  private ExportedFile() {}

  /**
   * Writes it, in place of one of that name if there is one; see {@link AtomicFiles#replace}.
   *
   * @param written the path as the user wrote it
   * @return where it is, for a person
   * @throws UserException if it cannot be written
   */
  public static String write(Configuration hadoop, String written, AtomicFiles.Content content) {
    Path path = HadoopPaths.resolve(written);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
        throw new UserException(
            ErrorCode.WRONG_ARGUMENTS,
            HadoopPaths.display(path) + " is a directory; expected the name of a file");
      }
      new AtomicFiles(hadoop, Fence.OPEN).replace(path, content);
      return HadoopPaths.display(path);
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.STORE_UNWRITABLE,
          "cannot write "
              + HadoopPaths.display(path)
              + " ("
              + e.getClass().getSimpleName() // some messages are only a path
              + ": "
              + e.getMessage()
              + "); check the path, its permissions and the free space",
          e);
    }
  }
}
