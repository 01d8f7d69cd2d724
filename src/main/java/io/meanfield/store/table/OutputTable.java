package io.meanfield.store.table;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
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
  private static final List<String> COLUMNS = List.of(RUN_ID, "example_id", "model_run_id");

  @Override
  public String display() {
    return name;
  }

  @Override
  public void prepare(RunId run, Output.Replacement replacement) {
    if (catching(() -> spark.catalog().tableExists(name))) {
      requireReplaceable(catching(() -> spark.table(name)), run, replacement);
    }
  }

  private void requireReplaceable(Dataset<Row> table, RunId run, Output.Replacement replacement) {
    if (!Arrays.asList(table.columns()).containsAll(COLUMNS)) {
      throw refused(
          "exists and was not written by predict; choose another name, or delete it yourself");
    }
    if (replacement == Output.Replacement.OF_SAME_RUN && !isOf(run, table)) {
      throw refused("exists; choose another name, or add --overwrite to replace the table");
    }
  }

  private UserException refused(String problem) {
    return UserException.of(ErrorCode.WRONG_ARGUMENTS, "--out-table %s %s", name, problem);
  }

  /** Returns whether a table has rows, and they are those of a run. */
  private static boolean isOf(RunId run, Dataset<Row> table) {
    return !table.isEmpty() && table.where(functions.col(RUN_ID).notEqual(run.value())).isEmpty();
  }

  // Computes all rows before it replaces the table, because Spark's catalog deletes the old table
  // before it computes the first row of the new one.
  @Override
  public void write(RunDirectory run, Dataset<Row> rows, List<String> partitionBy, Runnable check) {
    run.requireHeld();
    Path draft = run.path(RunDirectory.DRAFTS + "/out-table-" + UUID.randomUUID());
    try {
      writeAndReplace(run, rows, draft, partitionBy, check);
    } catch (IOException e) {
      throw run.unwritable(draft, e);
    }
  }

  @Override
  public Dataset<Row> rows(SparkSession session) {
    return session.table(name);
  }

  private void writeAndReplace(
      RunDirectory run, Dataset<Row> rows, Path draft, List<String> partitionBy, Runnable check)
      throws IOException {
    try {
      RowFormat.PARQUET.write(rows, new String[0], draft);
      check.run();
      run.requireHeld();
      replace(spark.read().schema(rows.schema()).parquet(HadoopPaths.literal(draft)), partitionBy);
    } finally {
      run.fileSystem().delete(draft, true);
    }
  }

  private void replace(Dataset<Row> rows, List<String> partitionBy) {
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
    return UserException.causedBy(
        e,
        ErrorCode.STORE_UNWRITABLE,
        "--out-table %s cannot be used: %s; expected the name of a table in a catalog of this Spark"
            + " application",
        name,
        String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given"));
  }
}
