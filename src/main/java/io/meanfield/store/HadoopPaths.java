package io.meanfield.store;

import org.apache.hadoop.fs.Path;

/** Turns what a user wrote into a path of a file system. */
public final class HadoopPaths {
  private HadoopPaths() {}

  /**
   * A URI is taken as it is; an absolute path belongs to Hadoop's default file system; a relative
   * path resolves against the working directory of this process, whatever the default file system
   * is.
   */
  public static Path resolve(String written) {
    Path path = new Path(written);
    if (path.isAbsolute() || path.toUri().getScheme() != null) {
      return path;
    }
    return new Path(java.nio.file.Path.of(written).toAbsolutePath().normalize().toUri());
  }

  /** The path for a person: a local one without its scheme. */
  public static String display(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
