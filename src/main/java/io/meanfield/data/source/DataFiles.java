package io.meanfield.data.source;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.settings.NearestName;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists the files that paths, directories and globs match. A path that exists is itself, even if it
 * contains characters of globs. Hidden files, whose names begin with {@code _} or a dot, belong to
 * no directory, and to a glob only if its last part begins so too.
 */
public final class DataFiles {
  private DataFiles() {}

  /**
   * Returns the files of each path, in the order of {@code paths}. The files of a directory or a
   * glob are sorted by name. A path that matches no file is tried again with {@code .gz}.
   * Subdirectories are left out.
   *
   * @throws UserException if a path matches no file
   */
  public static List<FileStatus> find(Configuration hadoop, List<String> paths) {
    return find(hadoop, paths, each -> {});
  }

  /**
   * Returns the files of each path as {@link #find} does.
   *
   * @throws UserException if a path matches no file, or if a directory has a subdirectory with
   *     files, which would be left out
   */
  public static List<FileStatus> findAll(Configuration hadoop, List<String> paths) {
    return find(hadoop, paths, new Subdirectories(hadoop)::requireNone);
  }

  /**
   * Returns the files of a path as {@link #find} does; of a directory without files those in its
   * folders of partitions, such as {@code day=1}.
   *
   * @throws UserException if a path matches no file
   */
  public static List<FileStatus> withPartitions(Configuration hadoop, String path) {
    Path resolved = HadoopPaths.resolve(path);
    List<FileStatus> files = new ArrayList<>();
    try {
      FileSystem fileSystem = resolved.getFileSystem(hadoop);
      for (FileStatus each : sorted(existing(fileSystem, resolved))) {
        addPartitions(fileSystem, each, files);
      }
    } catch (IllegalArgumentException e) { // Hadoop's globs refuse names with a colon
      throw UserException.of(e);
    } catch (IOException e) {
      throw unreadable(resolved, e);
    }
    return files.isEmpty() ? find(hadoop, List.of(path)) : files;
  }

  private static void addPartitions(
      FileSystem fileSystem, FileStatus status, List<FileStatus> files) throws IOException {
    if (status.isFile()) {
      requireNoPipe(fileSystem, status.getPath());
      files.add(status);
      return;
    }
    List<FileStatus> entries =
        sorted(fileSystem.listStatus(status.getPath(), DataFiles::isVisible));
    boolean hasFiles = entries.stream().anyMatch(FileStatus::isFile);
    for (FileStatus entry : entries) {
      if (hasFiles ? entry.isFile() : entry.getPath().getName().contains("=")) {
        addPartitions(fileSystem, entry, files);
      }
    }
  }

  private static List<FileStatus> find(
      Configuration hadoop, List<String> paths, DirectoryCheck check) {
    List<FileStatus> files = new ArrayList<>();
    for (String path : paths) {
      files.addAll(find(hadoop, HadoopPaths.resolve(path), check));
    }
    return files;
  }

  private static List<FileStatus> find(Configuration hadoop, Path path, DirectoryCheck check) {
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      List<FileStatus> found = matches(fileSystem, path, check);
      if (found.isEmpty()) {
        found = matches(fileSystem, path.suffix(".gz"), check);
      }
      if (found.isEmpty()) {
        throw UserException.of(
            ErrorCode.WRONG_SETTINGS,
            "%s matches no file, not even with .gz appended; expected files, folders or globs%s",
            HadoopPaths.display(path),
            nearest(fileSystem, path));
      }
      for (FileStatus file : found) {
        requireNoPipe(fileSystem, file.getPath());
      }
      return found;
    } catch (IllegalArgumentException e) { // Hadoop's globs refuse names with a colon
      throw UserException.of(e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Returns the end of a message about a file that does not exist. */
  private static String nearest(FileSystem fileSystem, Path path) throws IOException {
    Path folder = path.getParent();
    if (folder == null || !fileSystem.exists(folder)) {
      return folder == null ? "" : "; there is no folder " + HadoopPaths.display(folder);
    }
    List<String> names =
        Stream.of(fileSystem.listStatus(folder))
            .map(file -> file.getPath().getName())
            .filter(name -> !name.equals(path.getName()))
            .toList();
    return NearestName.similar(path.getName(), names)
        .map(name -> "; did you mean " + HadoopPaths.display(new Path(folder, name)) + "?")
        .orElse("");
  }

  private static List<FileStatus> matches(FileSystem fileSystem, Path path, DirectoryCheck check)
      throws IOException {
    List<FileStatus> matches = new ArrayList<>();
    for (FileStatus each : sorted(existing(fileSystem, path))) {
      if (each.isDirectory()) {
        matches.addAll(files(fileSystem, each.getPath(), check));
      } else {
        matches.add(each);
      }
    }
    return matches;
  }

  private static void requireNoPipe(FileSystem fileSystem, Path file) {
    try {
      InputFile.requireNoPipe(fileSystem, file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static FileStatus[] existing(FileSystem fileSystem, Path path) throws IOException {
    if (fileSystem.exists(path)) {
      return new FileStatus[] {fileSystem.getFileStatus(path)};
    }
    FileStatus[] found =
        isVisible(path)
            ? fileSystem.globStatus(path, DataFiles::isVisible)
            : fileSystem.globStatus(path);
    return found == null ? new FileStatus[0] : found;
  }

  private static List<FileStatus> files(FileSystem fileSystem, Path directory, DirectoryCheck check)
      throws IOException {
    List<FileStatus> entries = sorted(fileSystem.listStatus(directory, DataFiles::isVisible));
    check.check(entries);
    return entries.stream().filter(FileStatus::isFile).toList();
  }

  /** Checks the visible entries of a directory whose files are data. */
  @FunctionalInterface
  private interface DirectoryCheck {
    void check(List<FileStatus> entries) throws IOException;
  }

  /** Looks for files in subdirectories. */
  private record Subdirectories(Configuration hadoop) {
    void requireNone(List<FileStatus> entries) throws IOException {
      for (FileStatus entry : entries) {
        if (entry.isDirectory() && hasFile(entry.getPath())) {
          Path directory = entry.getPath().getParent();
          throw UserException.of(
              ErrorCode.WRONG_SETTINGS,
              "%s has a folder with files, %s, expected files only; move the folder elsewhere, or"
                  + " set data.train.path and data.test.path to a list of folders or globs, such as"
                  + " %s",
              HadoopPaths.display(directory),
              entry.getPath().getName(),
              HadoopPaths.display(new Path(directory, "*.csv")));
        }
      }
    }

    private boolean hasFile(Path directory) throws IOException {
      for (FileStatus entry :
          directory.getFileSystem(hadoop).listStatus(directory, DataFiles::isVisible)) {
        if (entry.isFile() || hasFile(entry.getPath())) {
          return true;
        }
      }
      return false;
    }
  }

  // Spark and Hadoop write files such as _SUCCESS and .crc beside the data.
  private static boolean isVisible(Path file) {
    return !file.getName().startsWith("_") && !file.getName().startsWith(".");
  }

  private static List<FileStatus> sorted(FileStatus[] found) {
    Stream<FileStatus> all = Arrays.stream(found);
    return all.sorted(Comparator.comparing(file -> file.getPath().toString())).toList();
  }

  /**
   * Returns the number of files, their bytes, and a digest of paths, lengths and times of
   * modification, for the manifest of a run. Does not read the files.
   *
   * @throws UserException if a file does not exist
   */
  public static Map<String, Object> identity(Configuration hadoop, List<Path> paths) {
    List<FileStatus> files = paths.parallelStream().map(path -> status(hadoop, path)).toList();
    MessageDigest digest = DigestUtils.getSha256Digest();
    for (FileStatus file : files) {
      String line = file.getPath() + " " + file.getLen() + " " + file.getModificationTime() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return Map.of(
        "files",
        files.size(),
        "bytes",
        files.stream().mapToLong(FileStatus::getLen).sum(),
        "files_sha256",
        Hex.encodeHexString(digest.digest()));
  }

  private static FileStatus status(Configuration hadoop, Path file) {
    try {
      return file.getFileSystem(hadoop).getFileStatus(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UserException unreadable(Path path, IOException cause) {
    return UserException.causedBy(
        cause,
        ErrorCode.DATA_UNREADABLE,
        "%s cannot be read: %s",
        HadoopPaths.display(path),
        IoReason.of(cause));
  }
}
