package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A table of one of Spark's catalogs, in the format of the catalog. Whether readers see all rows or
 * none, and whether a table is replaced at once, is up to the catalog.
 *
 * @param name the name as the user wrote it, such as {@code catalog.database.table}
 */
public record OutputTable(SparkSession spark, String name) implements Output {
  private static final String RUN_ID = "run_id";

  @Override
  public String display() {
    return name;
  }

  @Override
  public void requireFree(RunId run, boolean overwrite) {
    boolean isTaken = catching(() -> spark.catalog().tableExists(name));
    if (isTaken && !overwrite && !isOf(run)) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--out-table "
              + name
              + " exists; choose another name, or add --overwrite to replace the table");
    }
  }

  /** Returns whether the table has rows, and they are those of a run. */
  private boolean isOf(RunId run) {
    Dataset<Row> table = catching(() -> spark.table(name));
    return Arrays.asList(table.columns()).contains(RUN_ID)
        && !table.isEmpty()
        && table.where(functions.col(RUN_ID).notEqual(run.value())).isEmpty();
  }

  @Override
  public void write(RunDirectory run, Dataset<Row> rows, List<String> partitionBy) {
    run.requireHeld();
    catching(
        () -> {
          rows.write()
              .mode(SaveMode.Overwrite)
              .partitionBy(partitionBy.toArray(String[]::new))
              .saveAsTable(name);
          return true;
        });
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  // Spark throws checked exceptions that it does not declare.
  private <T> T catching(Action<T> action) {
    try {
      return action.run();
    } catch (Exception e) {
      throw UserException.in(e).orElseGet(() -> unusable(e));
    }
  }

  private UserException unusable(Exception e) {
    return new UserException(
        ErrorCode.STORE_UNWRITABLE,
        "--out-table "
            + name
            + " cannot be used: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
            + "; expected the name of a table in a catalog of this Spark application",
        e);
  }
}
