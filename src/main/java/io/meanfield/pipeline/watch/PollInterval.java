package io.meanfield.pipeline.watch;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;

/** The interval at which the command {@code watch} reads a run. */
public final class PollInterval {
  private static final Duration LOCAL = Duration.ofMillis(500);
  private static final Duration HDFS = Duration.ofSeconds(2);
  // A reading is about six requests, which an object store bills.
  private static final Duration OTHER = Duration.ofSeconds(5);

  private PollInterval() {}

  /**
   * Returns the interval for the file system of a run.
   *
   * @throws UserException if there is no such file system
   */
  public static Duration of(RunDirectory run, Configuration hadoop) {
    try {
      return of(run.model().getFileSystem(hadoop).getUri().getScheme());
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          "cannot read " + run.display() + " (" + e.getMessage() + "); check the path",
          e);
    }
  }

  static Duration of(String scheme) {
    return switch (scheme) {
      case "file" -> LOCAL;
      case "hdfs", "viewfs" -> HDFS;
      default -> OTHER;
    };
  }
}
