package io.meanfield.data.source;

import java.util.function.LongSupplier;

/** Learns how far the reading of a data set has advanced. Called on the driver. */
public interface ReadProgress {
  /** Learns nothing. */
  ReadProgress NONE = new ReadProgress() {};

  /**
   * Called before the rows of a table are read.
   *
   * @param rows the number of all rows
   * @param read returns the number of rows in the pieces that tasks have read; more than all rows
   *     if Spark reads some of them again
   */
  default void readingBegan(long rows, LongSupplier read) {}
}
