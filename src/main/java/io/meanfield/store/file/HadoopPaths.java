package io.meanfield.store.file;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** Converts locations that a user wrote to paths of Hadoop file systems, and back for messages. */
public final class HadoopPaths {
  private static final Pattern GLOB_CHARACTER = Pattern.compile("[\\[\\]{}*?\\\\]");

  private HadoopPaths() {}

  /**
   * Returns the path of a location. A URI is used unchanged. An absolute path belongs to Hadoop's
   * default file system. A relative path always belongs to the local file system and is resolved
   * against the working directory of this process.
   *
   * @throws UserException if the location is no path, or if it is relative and this process is the
   *     driver in cluster deploy mode, whose working directory is deleted with it
   */
  public static Path resolve(String location) {
    if (!isRelative(location)) {
      return parsed(location);
    }
    if (System.getProperty("spark.submit.deployMode", "").equals("cluster")) {
      requireAbsolute("found", location);
    }
    return new Path(java.nio.file.Path.of(location).toAbsolutePath().normalize().toUri());
  }

  private static Path parsed(String location) {
    if (location.indexOf('\0') >= 0) {
      throw invalid(location.replace("\0", "\\0"), "it contains the character NUL");
    }
    try {
      return new Path(location);
    } catch (IllegalArgumentException e) {
      String why =
          location.isEmpty() ? "it is empty" : "Hadoop takes the text before : for a scheme";
      throw invalid(location, why + "; write ./ before a relative path with a colon");
    }
  }

  private static UserException invalid(String location, String why) {
    return UserException.of(
        ErrorCode.WRONG_ARGUMENTS, "\"%s\" is no path of a file: %s", location, why);
  }

  /**
   * Returns a path as a pattern that matches this path alone, for readers that take every path for
   * a glob, as Spark's do.
   */
  public static String literal(Path path) {
    return GLOB_CHARACTER.matcher(path.toString()).replaceAll("\\\\$0");
  }

  /**
   * Returns a location for a reader that takes every path for a glob. A path that exists is itself,
   * even if it contains characters of globs, and so is one of a scheme that only the reader knows.
   *
   * @throws UserException if the file system cannot be reached, or if the path is that of a pipe
   */
  public static String forSpark(Configuration hadoop, String location) {
    Path path = resolve(location);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      InputFile.requireNoPipe(fileSystem, path);
      return fileSystem.exists(path) ? literal(path) : path.toString();
    } catch (UnsupportedFileSystemException e) {
      return path.toString();
    } catch (IOException e) {
      throw UserException.causedBy(
          e, ErrorCode.DATA_UNREADABLE, "%s cannot be read: %s", display(path), IoReason.of(e));
    }
  }

  /**
   * Returns the file of this machine that a path means, because Hadoop does not tell links and
   * pipes; empty on other file systems.
   */
  public static Optional<java.nio.file.Path> local(FileSystem fileSystem, Path path) {
    return fileSystem instanceof LocalFileSystem local
        ? Optional.of(local.pathToFile(path).toPath())
        : Optional.empty();
  }

  /** Returns whether a location names its file system, as {@code hdfs:///runs} does. */
  public static boolean isUri(String location) {
    return parsed(location).toUri().getScheme() != null;
  }

  /** Returns whether a location resolves against the working directory of this process. */
  private static boolean isRelative(String location) {
    return !isUri(location) && !parsed(location).isAbsolute();
  }

  /**
   * Throws if a driver in cluster deploy mode cannot use a location.
   *
   * @param subject the beginning of the message, such as "run.directory is"
   */
  public static void requireAbsolute(String subject, String location) {
    if (isRelative(location)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "%s the relative path %s, which a driver in cluster deploy mode resolves in a directory"
              + " of its own; expected an absolute path that all machines share, or a URI such as"
              + " hdfs:///data",
          subject,
          location);
    }
  }

  /**
   * Returns the path for messages: a local one without its scheme, and one without a host as users
   * write it, {@code hdfs:///runs} instead of Hadoop's {@code hdfs:/runs}.
   */
  public static String display(Path path) {
    URI uri = path.toUri();
    if ("file".equals(uri.getScheme())) {
      return uri.getPath();
    }
    return uri.getScheme() != null && uri.getAuthority() == null
        ? uri.getScheme() + "://" + uri.getPath()
        : path.toString();
  }
}
