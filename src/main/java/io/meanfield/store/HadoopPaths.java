package io.meanfield.store;

import org.apache.hadoop.fs.Path;

/** Converts locations that a user wrote to paths of Hadoop file systems, and back for messages. */
public final class HadoopPaths {
  private HadoopPaths() {}

  /**
   * Returns the path of a location. A URI is used unchanged. An absolute path belongs to Hadoop's
   * default file system. A relative path always belongs to the local file system and is resolved
   * against the working directory of this process.
   */
  public static Path resolve(String location) {
    Path path = new Path(location);
    if (path.isAbsolute() || path.toUri().getScheme() != null) {
      return path;
    }
    return new Path(java.nio.file.Path.of(location).toAbsolutePath().normalize().toUri());
  }

  /** Returns the path for messages: a local one without its scheme. */
  public static String display(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
