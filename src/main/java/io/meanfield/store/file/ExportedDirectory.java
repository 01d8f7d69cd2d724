package io.meanfield.store.file;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes a directory of files outside of runs, at a path that the user chose. */
public final class ExportedDirectory {
  private ExportedDirectory() {}

  /**
   * Writes the files to a hidden directory beside the directory, which then gets its name; replaces
   * a directory that has the file {@code marker}.
   *
   * @param location the path as the user wrote it
   * @param marker the file that every such directory has
   * @param files by their paths in the directory
   * @return the path of the directory, for messages
   * @throws UserException if the directory is another one, or if it cannot be written
   */
  public static String write(
      Configuration hadoop, String location, String marker, Map<String, FileContent> files) {
    Path path = HadoopPaths.resolve(location);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      if (path.getParent() == null || !isReplaceable(fileSystem, path, marker)) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS,
            "%s exists and has no file %s; expected the path of a new directory, or of a model to"
                + " replace",
            HadoopPaths.display(path),
            marker);
      }
      replace(fileSystem, new AtomicFiles(hadoop, Fence.OPEN), path, files);
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

  private static boolean isReplaceable(FileSystem fileSystem, Path path, String marker)
      throws IOException {
    if (!fileSystem.exists(path) || fileSystem.exists(new Path(path, marker))) {
      return true;
    }
    return fileSystem.getFileStatus(path).isDirectory() && fileSystem.listStatus(path).length == 0;
  }

  private static void replace(
      FileSystem fileSystem, AtomicFiles atomic, Path path, Map<String, FileContent> files)
      throws IOException {
    String unique = "." + path.getName() + "." + UUID.randomUUID();
    Path draft = new Path(path.getParent(), unique);
    Path old = new Path(path.getParent(), unique + ".old");
    try {
      for (Map.Entry<String, FileContent> file : files.entrySet()) {
        atomic.replace(new Path(draft, file.getKey()), file.getValue());
      }
      if (fileSystem.exists(path)) {
        atomic.moveDirectory(path, old);
      }
      publish(fileSystem, atomic, draft, path, old);
    } finally {
      fileSystem.delete(draft, true);
    }
  }

  private static void publish(
      FileSystem fileSystem, AtomicFiles atomic, Path draft, Path path, Path old)
      throws IOException {
    try {
      atomic.moveDirectory(draft, path);
    } catch (IOException e) {
      if (fileSystem.exists(old)) {
        atomic.moveDirectory(old, path);
      }
      throw e;
    }
    fileSystem.delete(old, true);
  }
}
