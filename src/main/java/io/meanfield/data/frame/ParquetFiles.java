package io.meanfield.data.frame;

import io.meanfield.data.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.util.List;
import java.util.Optional;
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
  // Each takes a job of Spark.
  private static final int MAX_TRIED = 100;

  private ParquetFiles() {}

  /**
   * Returns the table in the files.
   *
   * @param locations the paths of files, directories or globs
   * @throws UserException if there are no such files, or if one is damaged
   */
  static Table table(List<String> locations, JavaSparkContext spark) {
    String[] paths =
        locations.stream()
            .map(path -> HadoopPaths.forSpark(spark.hadoopConfiguration(), path))
            .toArray(String[]::new);
    SparkSession session = SparkSession.builder().config(spark.getConf()).getOrCreate();
    // Spark throws a checked exception that it does not declare.
    try {
      Dataset<Row> frame = session.read().parquet(paths);
      return new Table(
          frame, String.join(", ", locations), FileNames.of(frame.inputFiles()), Optional.empty());
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
}
