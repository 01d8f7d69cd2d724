package io.meanfield.store;

import java.io.IOException;

/** What every change to a run's files has to pass. */
@FunctionalInterface
interface Fence {
  /** For what every process may write: the claim on a name, and the entries of leases. */
  Fence OPEN = () -> {};

  /** For a run that is only read. */
  Fence CLOSED =
      () -> {
        throw new IllegalStateException("only who holds the lease of a run may write to it");
      };

  /** Throws if this process may not change the run's files. */
  void requireHeld();

  /** Makes a change, or throws and makes none. */
  default boolean whileHeld(Change change) throws IOException {
    requireHeld();
    return change.make();
  }

  /** A step that others see at once and whole, such as a rename; returns whether it was made. */
  @FunctionalInterface
  interface Change {
    boolean make() throws IOException;
  }
}
