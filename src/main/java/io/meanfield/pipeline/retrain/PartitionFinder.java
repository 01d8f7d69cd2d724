package io.meanfield.pipeline.retrain;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.ParallelReads;
import io.meanfield.store.file.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the partitions of the training data. Driver only. */
public final class PartitionFinder {
  private static final Pattern DATED = Pattern.compile("(?:\\w+=)?(\\d{4}-\\d{2}-\\d{2})");

  private PartitionFinder() {}

  /**
   * Returns the partitions of a directory, by date: its subdirectories named {@code
   * date=2026-01-05} or {@code 2026-01-05}, and its files. Names that begin with {@code _} or a dot
   * are ignored, as are directories without a file.
   *
   * @throws UserException if the directory cannot be read, or contains other directories
   */
  public static List<Partition> in(Configuration hadoop, String input) {
    Path directory = HadoopPaths.resolve(input);
    try {
      FileSystem fileSystem = directory.getFileSystem(hadoop);
      List<FileStatus> entries =
          Arrays.stream(fileSystem.listStatus(directory))
              .filter(entry -> isVisible(entry.getPath().getName()))
              .toList();
      requireDates(directory, entries);
      List<Partition> partitions = new ArrayList<>();
      for (FileStatus entry : entries) {
        partition(fileSystem, entry).ifPresent(partitions::add);
      }
      return partitions.stream().sorted(Partition.BY_DATE).toList();
    } catch (FileNotFoundException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_SETTINGS,
          "retrain.input is %s, which does not exist; set it to the directory in which"
              + " new data arrive",
          HadoopPaths.display(directory));
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Returns whether a path is a directory of partitions with dates. */
  public static boolean hasDates(Configuration hadoop, String input) {
    Path directory = HadoopPaths.resolve(input);
    try {
      FileSystem fileSystem = directory.getFileSystem(hadoop);
      if (!fileSystem.exists(directory) || fileSystem.getFileStatus(directory).isFile()) {
        return false;
      }
      List<FileStatus> folders =
          Arrays.stream(fileSystem.listStatus(directory))
              .filter(entry -> entry.isDirectory() && isVisible(entry.getPath().getName()))
              .toList();
      return !folders.isEmpty() && folders.stream().allMatch(entry -> date(entry).isPresent());
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Returns each file as a partition without a date. */
  public static List<Partition> of(List<FileStatus> files) {
    return files.stream().map(PartitionFinder::undated).toList();
  }

  private static Partition undated(FileStatus file) {
    Path path = file.getPath();
    return partition(HadoopPaths.display(path), Optional.empty(), path, List.of(file));
  }

  /**
   * Returns the first of these files that no longer exists; empty if all exist.
   *
   * @throws UserException if a file system cannot be read
   */
  public static Optional<Path> missing(Configuration hadoop, List<String> files) {
    List<Path> paths = files.stream().map(Path::new).toList();
    List<Boolean> found = ParallelReads.of(paths, path -> exists(hadoop, path));
    return Optional.of(found.indexOf(false)).filter(first -> first >= 0).map(paths::get);
  }

  private static boolean exists(Configuration hadoop, Path file) {
    try {
      return file.getFileSystem(hadoop).exists(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void requireDates(Path directory, List<FileStatus> entries) {
    String others =
        entries.stream()
            .filter(entry -> entry.isDirectory() && date(entry).isEmpty())
            .map(entry -> entry.getPath().getName())
            .sorted()
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "retrain.input is %s, expected directories named date=2026-01-05 or 2026-01-05,"
              + " found %s; rename or remove them, or choose another directory",
          HadoopPaths.display(directory),
          others);
    }
  }

  private static Optional<LocalDate> date(FileStatus entry) {
    Matcher matcher = DATED.matcher(entry.getPath().getName());
    try {
      return matcher.matches() ? Optional.of(LocalDate.parse(matcher.group(1))) : Optional.empty();
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<Partition> partition(FileSystem fileSystem, FileStatus entry)
      throws IOException {
    Path path = entry.getPath();
    List<FileStatus> files = entry.isFile() ? List.of(entry) : files(fileSystem, path);
    return files.isEmpty()
        ? Optional.empty()
        : Optional.of(
            partition(
                path.getName(), entry.isFile() ? Optional.empty() : date(entry), path, files));
  }

  private static List<FileStatus> files(FileSystem fileSystem, Path directory) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = fileSystem.listFiles(directory, true);
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      if (Arrays.stream(relative(directory, file).split("/"))
          .allMatch(PartitionFinder::isVisible)) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparing(file -> file.getPath().toString()));
    return files;
  }

  private static Partition partition(
      String name, Optional<LocalDate> date, Path root, List<FileStatus> files) {
    String listing =
        files.stream()
            .map(
                file ->
                    relative(root, file) + "\t" + file.getLen() + "\t" + file.getModificationTime())
            .collect(Collectors.joining("\n"));
    return new Partition(
        name,
        date,
        "sha256:" + DigestUtils.sha256Hex(listing),
        files.stream().map(file -> file.getPath().toString()).toList());
  }

  private static String relative(Path root, FileStatus file) {
    return root.toUri().relativize(file.getPath().toUri()).getPath();
  }

  // Spark and Hadoop write files such as _SUCCESS and directories such as _temporary.
  private static boolean isVisible(String name) {
    return !name.startsWith("_") && !name.startsWith(".");
  }

  private static UserException unreadable(Path path, IOException e) {
    return UserException.causedBy(
        e,
        ErrorCode.DATA_UNREADABLE,
        "%s cannot be read: %s",
        HadoopPaths.display(path),
        e.getMessage());
  }
}
