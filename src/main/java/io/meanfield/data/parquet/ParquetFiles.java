package io.meanfield.data.parquet;

import io.meanfield.data.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet files as a DataFrame; driver only. */
final class ParquetFiles {
  // What Spark's messages about the tasks that failed contain.
  private static final List<String> DAMAGE =
      List.of(
          "can not read class org.apache.parquet.format",
          "at org.apache.parquet.io.api.Binary$",
          "org.apache.parquet.io.InvalidRecordException",
          "org.apache.parquet.io.ParquetDecodingException",
          "java.io.EOFException: Reached the end of stream",
          "java.io.IOException: totalValueCount == 0",
          "values in column chunk at",
          // These decode bytes that are in memory, so the disk is not the cause.
          "at org.apache.parquet.column.values.",
          "at org.apache.spark.sql.execution.datasources.parquet.VectorizedPlainValuesReader",
          "at org.apache.spark.sql.execution.datasources.parquet.VectorizedRleValuesReader");
  // Each takes a job of Spark.
  private static final int MAX_TRIED = 100;

  private ParquetFiles() {}

  /**
   * Returns the rows of the files.
   *
   * @param locations the paths of files, directories or globs
   * @throws UserException if there are no such files, or if one is damaged
   */
  static Dataset<Row> frame(List<String> locations, JavaSparkContext spark) {
    String[] paths =
        locations.stream()
            .map(path -> HadoopPaths.forSpark(spark.hadoopConfiguration(), path))
            .toArray(String[]::new);
    SparkSession session = SparkSession.builder().config(spark.getConf()).getOrCreate();
    // Spark throws a checked exception that it does not declare.
    try {
      return session.read().parquet(paths);
    } catch (Exception e) {
      throw e instanceof AnalysisException
          ? notFound(String.join(", ", locations), e)
          : UserException.in(e).orElseGet(() -> damaged(locations, session, e));
    }
  }

  private static UserException notFound(String display, Exception e) {
    return new UserException(
        ErrorCode.WRONG_SETTINGS,
        display
            + " cannot be read as Parquet: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
            + "; set data.train.path and data.test.path",
        e);
  }

  // Some of Spark's messages do not name the file, so each file is tried by itself, unless there
  // are so many that this would take minutes.
  private static UserException damaged(
      List<String> locations, SparkSession session, Exception failure) {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    String file =
        DataFiles.find(hadoop, locations).stream()
            .map(FileStatus::getPath)
            .limit(MAX_TRIED)
            .filter(each -> isDamaged(session, each))
            .findFirst()
            .map(HadoopPaths::display)
            .orElseGet(() -> String.join(", ", locations));
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        file
            + " cannot be read: its metadata are damaged ("
            + UserException.reason(failure)
            + "); restore the file, or remove it from the data",
        failure);
  }

  private static boolean isDamaged(SparkSession session, Path file) {
    try {
      session.read().parquet(HadoopPaths.literal(file));
      return false;
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      return true;
    }
  }

  /** Returns the path and the number of rows of each file, in the order of the paths. */
  // Spark reads the schema without the part of the metadata that describes the groups of rows.
  static List<Row> counts(Dataset<Row> frame, String display) {
    try {
      return frame
          .groupBy(ParquetColumns.file().as("file"))
          .count()
          .orderBy("file")
          .collectAsList();
    } catch (Exception e) { // Spark throws a checked exception that it does not declare
      requireIntact(e, display);
      throw e;
    }
  }

  /** Throws a {@link UserException} if Spark has failed because the metadata are damaged. */
  static void requireIntact(Exception failure, String display) {
    String message = String.valueOf(failure.getMessage());
    boolean isDamage =
        DAMAGE.stream().anyMatch(message::contains)
            && !message.contains(OutOfMemoryError.class.getName());
    if (UserException.in(failure).isEmpty() && isDamage) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display
              + " cannot be read: the metadata of a file are damaged ("
              + UserException.reason(failure)
              + "); restore the file, or remove it from the data",
          failure);
    }
  }
}
