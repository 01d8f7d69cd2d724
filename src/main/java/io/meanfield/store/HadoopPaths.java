package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.net.URI;
import org.apache.hadoop.fs.Path;

/** Converts locations that a user wrote to paths of Hadoop file systems, and back for messages. */
public final class HadoopPaths {
  private HadoopPaths() {}

  /**
   * Returns the path of a location. A URI is used unchanged. An absolute path belongs to Hadoop's
   * default file system. A relative path always belongs to the local file system and is resolved
   * against the working directory of this process.
   *
   * @throws UserException if the path is relative and this process is the driver in cluster deploy
   *     mode, whose working directory is deleted with it
   */
  public static Path resolve(String location) {
    if (!isRelative(location)) {
      return new Path(location);
    }
    if (System.getProperty("spark.submit.deployMode", "").equals("cluster")) {
      throw new UserException(ErrorCode.WRONG_ARGUMENTS, "found " + relativeInCluster(location));
    }
    return new Path(java.nio.file.Path.of(location).toAbsolutePath().normalize().toUri());
  }

  /** Returns whether a location names its file system, as {@code hdfs:///runs} does. */
  public static boolean isUri(String location) {
    return new Path(location).toUri().getScheme() != null;
  }

  /** Returns whether a location resolves against the working directory of this process. */
  public static boolean isRelative(String location) {
    return !isUri(location) && !new Path(location).isAbsolute();
  }

  /** Describes a relative location for the message that refuses it in cluster deploy mode. */
  public static String relativeInCluster(String location) {
    return "the relative path "
        + location
        + ", which a driver in cluster deploy mode resolves in a directory of its own; expected an"
        + " absolute path that all machines share, or a URI such as hdfs:///data";
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
