package io.meanfield.store;

import io.meanfield.store.file.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The short-lived files of processes that were killed before they deleted them.
 *
 * @param directory with the files
 * @param prefix with which their names begin
 */
public record Leftovers(Configuration hadoop, Path directory, String prefix) {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  // Much longer than a living process keeps such a file, on clocks that differ.
  static final Duration AGE = Duration.ofDays(1);

  /** Deletes the files that are older than a day. What cannot be deleted stays. */
  public void delete() {
    try {
      FileSystem fileSystem = directory.getFileSystem(hadoop);
      long limit = Instant.now().minus(AGE).toEpochMilli();
      for (FileStatus file : fileSystem.listStatus(directory)) {
        if (file.isFile()
            && isOurs(file.getPath().getName())
            && file.getModificationTime() < limit) {
          fileSystem.delete(file.getPath(), false);
        }
      }
    } catch (FileNotFoundException nothingLeft) {
      LOG.debug("{} does not exist", directory);
    } catch (IOException e) {
      LOG.warn("cannot delete old files in {}: {}", HadoopPaths.display(directory), e.getMessage());
    }
  }

  // A file that is being written has a dot before its name.
  private boolean isOurs(String name) {
    return name.startsWith(prefix) || name.startsWith("." + prefix);
  }
}
