package io.meanfield.store.file;

import java.io.Serializable;

/**
 * What a process can do in a directory.
 *
 * @param winners the number of two simultaneous attempts that created one file; 1 if it is atomic
 * @param readBack whether the file contains what the winner wrote
 * @param problem the error message of an operation that failed; empty if none did
 */
public record DirectoryAccess(int winners, boolean readBack, String problem)
    implements Serializable {

  /** The access of a process that tried nothing. */
  public static final DirectoryAccess NONE = new DirectoryAccess(0, false, "");

  /** Returns whether runs can be kept in the directory. */
  public boolean isSound() {
    return problem.isEmpty() && winners == 1 && readBack;
  }

  /** Returns the access of a process whose operation failed. */
  public static DirectoryAccess failed(Exception failure) {
    // With the name, because the message of java.nio is often only a path.
    String name = failure.getClass().getSimpleName();
    return new DirectoryAccess(0, false, name + ": " + failure.getMessage());
  }
}
