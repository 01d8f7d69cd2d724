package io.meanfield.doctor;

import io.meanfield.data.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What one process sees of one location of a data set.
 *
 * @param files the number of files there; 0 if there are none
 * @param problem why the files cannot be read; empty if they can, or if there are none
 */
record DataAccess(DataLocation location, int files, String problem) implements Serializable {
  /** Lists the files and reads the first byte of the first one. */
  static DataAccess of(Configuration hadoop, DataLocation location) {
    try {
      List<FileStatus> files = DataFiles.find(hadoop, List.of(location.path()));
      if (!files.isEmpty()) {
        readByte(hadoop, files.get(0).getPath());
      }
      return new DataAccess(location, files.size(), "");
    } catch (UserException e) {
      boolean isMissing = e.code() == ErrorCode.WRONG_SETTINGS;
      return new DataAccess(location, 0, isMissing ? "" : e.getMessage());
    } catch (IOException | RuntimeException e) {
      return new DataAccess(location, 0, location.display() + " cannot be read: " + e.getMessage());
    }
  }

  private static void readByte(Configuration hadoop, Path file) throws IOException {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      in.read();
    }
  }

  private boolean isReadable() {
    return files > 0 && problem.isEmpty();
  }

  /** Returns whether the location is one of this setting and cannot be read. */
  boolean isProblem(String key) {
    return location.key().equals(key) && !isReadable();
  }

  /**
   * Judges what a process sees.
   *
   * @param driver what the driver sees of the same location
   */
  Finding finding(String where, DataAccess driver) {
    String shown = location.display();
    if (isReadable()) {
      return Finding.ok(
          location.key(), where, shown + ": " + files + (files == 1 ? " file" : " files"));
    }
    String message = problem.isEmpty() ? shown + " matches no file" : problem;
    return Finding.failed(
        location.key(),
        where,
        driver.isReadable() ? message + ", but the driver can read it" : message,
        driver.isReadable()
            ? "move the data to a file system that all machines share, such as hdfs:///data"
            : "set " + location.key() + " to files that exist and that the user may read");
  }
}
