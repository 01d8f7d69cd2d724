package io.meanfield.store.file;

import java.io.IOException;

/** A check that every change of a run's files must pass. */
@FunctionalInterface
public interface Fence {
  /**
   * Allows every change: for the manifest that claims a run, for the entries of leases, and for
   * files outside of runs.
   */
  Fence OPEN = () -> {};

  /** Allows no change: for a run that is only read. */
  Fence CLOSED =
      () -> {
        throw new IllegalStateException("only the holder of the lease of a run may write to it");
      };

  /** Throws if this process may not change the run's files. */
  void requireHeld();

  /** Makes a change if this process may; otherwise throws without a change. */
  default boolean whileHeld(Change change) throws IOException {
    requireHeld();
    return change.make();
  }

  /** An atomic step that other processes see, such as a rename; returns whether it was made. */
  @FunctionalInterface
  interface Change {
    boolean make() throws IOException;
  }
}
