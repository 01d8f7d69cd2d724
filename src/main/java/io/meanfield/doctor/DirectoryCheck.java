package io.meanfield.doctor;

import io.meanfield.store.DirectoryAccess;
import java.io.Serializable;

/**
 * What one process can do in run.directory or another directory.
 *
 * @param setting the key of the directory
 * @param directory for messages
 * @param singleWriter whether run.single-writer is set: files need not be created atomically
 * @param isShared whether the process sees the file that the driver has created there
 */
record DirectoryCheck(
    String setting,
    String directory,
    boolean singleWriter,
    boolean isShared,
    DirectoryAccess access)
    implements Serializable {
  /** Returns whether runs can be kept in the directory, as far as its creator knows. */
  boolean isSound() {
    return access.isSound() || (singleWriter && access.problem().isEmpty());
  }

  Finding finding(String where) {
    if (!isShared) {
      return Finding.failed(
          setting,
          where,
          "a file that the driver created in " + directory + " is missing",
          "set " + setting + " to a file system that all machines share, such as hdfs:///runs");
    }
    if (!access.problem().isEmpty()) {
      return Finding.failed(
          setting,
          where,
          directory + " cannot be written: " + access.problem(),
          "set " + setting + " to a directory that the user of the process may write to");
    }
    return access.winners() == 1 || singleWriter ? contentFinding(where) : raceFinding(where);
  }

  private Finding raceFinding(String where) {
    return Finding.failed(
        setting,
        where,
        access.winners()
            + " of two simultaneous attempts created one file in "
            + directory
            + ", expected 1",
        "set " + setting + " to a file system that creates files atomically, such as HDFS");
  }

  private Finding contentFinding(String where) {
    if (access.winners() != 1) {
      return Finding.ok(
          setting,
          where,
          directory + ": writes and reads files; run.single-writer guarantees one writer");
    }
    return access.readBack()
        ? Finding.ok(setting, where, directory + ": writes, reads and creates files atomically")
        : Finding.failed(
            setting,
            where,
            "a file in " + directory + " reads back with other contents",
            "check the disk or the file system of " + setting + " for damage");
  }
}
