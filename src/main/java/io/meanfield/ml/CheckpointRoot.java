package io.meanfield.ml;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;

/**
 * The folder of a server of Spark Connect below which its clients may keep runs. Only the server's
 * own configuration names it. Other programs keep runs where they have the right to.
 */
final class CheckpointRoot {
  /** The key of Spark's configuration. */
  static final String KEY = "spark.meanfield.checkpointRoot";

  private CheckpointRoot() {}

  /**
   * Throws unless the caller of a fit may keep its run in a directory.
   *
   * @throws UserException if the caller is a client of Spark Connect, and the server allows none,
   *     or another folder
   */
  static void require(SparkContext spark, String checkpointDir) {
    if (SparkConnect.isClient(spark)) {
      require(spark.getConf().get(KEY, ""), checkpointDir, spark.hadoopConfiguration());
    }
  }

  static void require(String root, String checkpointDir, Configuration hadoop) {
    if (root.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "this server of Spark Connect keeps no runs for its clients; leave checkpointDir and"
              + " runId out, or let the server start with --conf %s=DIRECTORY",
          KEY);
    }
    if (!isBelow(resolved(root, hadoop), resolved(checkpointDir, hadoop))) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "checkpointDir must be %s, where this server of Spark Connect keeps the runs of its"
              + " clients, or a directory below it, found %s",
          root,
          checkpointDir);
    }
  }

  private static boolean isBelow(Path root, Path directory) {
    boolean leavesItsSystem = List.of(directory.toUri().getPath().split("/")).contains("..");
    return !leavesItsSystem
        && Stream.iterate(directory, path -> path != null, Path::getParent).anyMatch(root::equals);
  }

  /** Returns a path with its file system, without {@code ..} and, on a local disk, links. */
  private static Path resolved(String directory, Configuration hadoop) {
    try {
      Path path = new Path(directory);
      FileSystem files = path.getFileSystem(hadoop);
      Path qualified = files.makeQualified(path);
      return "file".equals(files.getScheme()) ? withoutLinks(qualified) : qualified;
    } catch (IOException | IllegalArgumentException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_SETTINGS,
          "checkpointDir is %s, which is no directory that Hadoop can use: %s",
          directory,
          UserException.reason(e));
    }
  }

  private static Path withoutLinks(Path local) throws IOException {
    java.nio.file.Path absent = java.nio.file.Path.of(local.toUri().getPath());
    java.nio.file.Path existing = absent;
    while (!existing.toFile().exists()) {
      existing = existing.getParent();
    }
    java.nio.file.Path real = existing.toRealPath().resolve(existing.relativize(absent));
    return new Path(local.toUri().getScheme(), null, real.toString());
  }
}
