package io.meanfield.data.frame;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet files as a DataFrame; driver only. */
final class ParquetFiles {
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
          : UserException.in(e).orElseGet(() -> damaged(locations, e));
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

  private static UserException damaged(List<String> locations, Exception failure) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        String.join(", ", locations)
            + " cannot be read: the metadata of a file are damaged ("
            + UserException.reason(failure)
            + "); restore the file, or remove it from the data",
        failure);
  }
}
