package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.IoReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists the files that paths, directories and globs match. A path that exists is itself, even if it
 * contains characters of globs.
 */
public final class DataFiles {
  private DataFiles() {}

  /**
   * Returns the files of each path, in the order of {@code paths}. The files of a directory or a
   * glob are sorted by name. A path that matches no file is tried again with {@code .gz}.
   *
   * @throws UserException if a path matches no file
   */
  public static List<Path> find(Configuration hadoop, List<String> paths) {
    List<Path> files = new ArrayList<>();
    for (String path : paths) {
      files.addAll(find(hadoop, HadoopPaths.resolve(path)));
    }
    return files;
  }

  private static List<Path> find(Configuration hadoop, Path path) {
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      List<Path> found = matches(fileSystem, path);
      if (found.isEmpty()) {
        found = matches(fileSystem, path.suffix(".gz"));
      }
      if (found.isEmpty()) {
        throw new UserException(
            ErrorCode.WRONG_SETTINGS,
            HadoopPaths.display(path)
                + " matches no file, not even with .gz appended; set data.train.path and"
                + " data.test.path to files, folders or globs");
      }
      return found;
    } catch (IllegalArgumentException e) { // Hadoop's globs refuse names with a colon
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          HadoopPaths.display(path)
              + " cannot be used as a glob ("
              + e.getMessage()
              + "); name the files or their folder instead",
          e);
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          HadoopPaths.display(path) + " cannot be read: " + IoReason.of(e),
          e);
    }
  }

  private static List<Path> matches(FileSystem fileSystem, Path path) throws IOException {
    FileStatus[] found =
        fileSystem.exists(path)
            ? new FileStatus[] {fileSystem.getFileStatus(path)}
            : fileSystem.globStatus(path);
    List<Path> matches = new ArrayList<>();
    for (FileStatus each : sorted(found == null ? new FileStatus[0] : found)) {
      if (each.isDirectory()) {
        sorted(fileSystem.listStatus(each.getPath(), DataFiles::isVisible)).stream()
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .forEach(matches::add);
      } else {
        matches.add(each.getPath());
      }
    }
    return matches;
  }

  // Spark and Hadoop write files such as _SUCCESS and .crc beside the data.
  private static boolean isVisible(Path file) {
    return !file.getName().startsWith("_") && !file.getName().startsWith(".");
  }

  private static List<FileStatus> sorted(FileStatus[] found) {
    Stream<FileStatus> all = Arrays.stream(found);
    return all.sorted(Comparator.comparing(file -> file.getPath().toString())).toList();
  }
}
