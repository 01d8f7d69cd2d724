package io.meanfield.store;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A place outside of runs that receives the rows of one run; driver only. */
public sealed interface Output permits OutputDirectory, OutputTable {
  /** The name of the place, for messages. */
  String display();

  /**
   * Throws if the place is taken; call this in the run, before any work is done. Undoes what a
   * killed attempt of the run has left half done. What an earlier attempt of the same run has
   * written may be replaced.
   *
   * @param overwrite whether the rows of another run may be replaced
   * @throws io.meanfield.error.UserException with the way out
   */
  void requireFree(RunId run, boolean overwrite);

  /**
   * Writes the rows; replaces those that {@link #requireFree} has allowed to replace.
   *
   * @param rows with the column {@code run_id}
   * @param partitionBy the columns whose values divide the files into directories; empty for none
   * @param check throws if the rows must not be published; runs when all of them are computed
   * @throws io.meanfield.error.UserException if the rows cannot be written; what the place
   *     contained is then unchanged
   */
  void write(RunDirectory run, Dataset<Row> rows, List<String> partitionBy, Runnable check);
}
