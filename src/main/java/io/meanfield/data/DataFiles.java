package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
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

/** Finds the files that paths, folders and globs name. */
public final class DataFiles {
  private DataFiles() {}

  /**
   * Returns the files, path by path in the order of {@code written}; those of a folder or a glob in
   * the order of their names. If no file has the name, the one with {@code .gz} is taken.
   *
   * @throws UserException if a path matches no file
   */
  public static List<Path> find(Configuration hadoop, List<String> written) {
    List<Path> files = new ArrayList<>();
    for (String each : written) {
      files.addAll(find(hadoop, HadoopPaths.resolve(each)));
    }
    return files;
  }

  private static List<Path> find(Configuration hadoop, Path path) {
    try {
      FileSystem files = path.getFileSystem(hadoop);
      List<Path> found = matches(files, path);
      if (found.isEmpty()) {
        found = matches(files, path.suffix(".gz"));
      }
      if (found.isEmpty()) {
        throw new UserException(
            ErrorCode.WRONG_SETTINGS,
            HadoopPaths.display(path)
                + " matches no file, also not with .gz; set data.train.path and"
                + " data.test.path to files, folders or globs");
      }
      return found;
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          HadoopPaths.display(path) + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  private static List<Path> matches(FileSystem files, Path path) throws IOException {
    FileStatus[] found = files.globStatus(path);
    List<Path> matches = new ArrayList<>();
    for (FileStatus each : inOrder(found == null ? new FileStatus[0] : found)) {
      if (each.isDirectory()) {
        inOrder(files.listStatus(each.getPath(), DataFiles::isVisible)).stream()
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .forEach(matches::add);
      } else {
        matches.add(each.getPath());
      }
    }
    return matches;
  }

  // What Spark and Hadoop write beside the data.
  private static boolean isVisible(Path file) {
    return !file.getName().startsWith("_") && !file.getName().startsWith(".");
  }

  private static List<FileStatus> inOrder(FileStatus[] found) {
    Stream<FileStatus> all = Arrays.stream(found);
    return all.sorted(Comparator.comparing(file -> file.getPath().toString())).toList();
  }
}
