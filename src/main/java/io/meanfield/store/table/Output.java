package io.meanfield.store.table;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A place outside of runs that receives the rows of one run; driver only. */
public sealed interface Output permits OutputDirectory, OutputTable {
  /** The name of the place, for messages. */
  String display();

  /**
   * Undoes what a killed attempt left, and throws unless the run may write here; call this in the
   * run, before any work is done.
   *
   * @throws io.meanfield.error.UserException with the way out if the place is taken, or cannot be
   *     written
   */
  void prepare(RunId run, Replacement replacement);

  /**
   * Writes the rows; replaces those that {@link #prepare} has allowed to replace.
   *
   * @param rows with the column {@code run_id}
   * @param partitionBy the columns whose values divide the files into directories; empty for none
   * @param check throws if the rows must not be published; runs when all of them are computed
   * @throws io.meanfield.error.UserException if the rows cannot be written; what the place
   *     contained is then unchanged
   */
  void write(RunDirectory run, Dataset<Row> rows, List<String> partitionBy, Runnable check);

  /** Returns the rows of the place. */
  Dataset<Row> rows(SparkSession spark);

  /** Whose rows an {@link Output} may replace. */
  public enum Replacement {
    /** Those of an earlier attempt of the same run. */
    OF_SAME_RUN,
    /** Those of any run. */
    OF_ANY_RUN
  }
}
