package io.meanfield.data.parquet;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet files as a DataFrame; driver only. */
final class ParquetFiles {
  private ParquetFiles() {}

  /**
   * Returns the rows of the files.
   *
   * @param locations the paths of files, directories or globs
   * @throws UserException if there are no such files, or if one is damaged
   */
  static Dataset<Row> frame(List<String> locations, JavaSparkContext spark) {
    String display = String.join(", ", locations);
    String[] paths =
        locations.stream()
            .map(path -> HadoopPaths.forSpark(spark.hadoopConfiguration(), path))
            .toArray(String[]::new);
    // Spark throws a checked exception that it does not declare.
    try {
      return SparkSession.builder().config(spark.getConf()).getOrCreate().read().parquet(paths);
    } catch (Exception e) {
      throw UserException.in(e).orElseGet(() -> unreadable(display, e));
    }
  }

  private static UserException unreadable(String display, Exception e) {
    boolean noFile = e instanceof AnalysisException; // otherwise a file is damaged
    return new UserException(
        noFile ? ErrorCode.WRONG_SETTINGS : ErrorCode.DATA_UNREADABLE,
        display
            + " cannot be read as Parquet: "
            + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
            + (noFile ? "; set data.train.path and data.test.path" : "; restore the file"),
        e);
  }

  /** Counts all rows, and stores the position of the first row of each file in {@code starts}. */
  static long count(Dataset<Row> frame, Map<String, Long> starts, String display) {
    List<Row> files =
        frame.groupBy(ParquetColumns.file().as("file")).count().orderBy("file").collectAsList();
    long count = 0;
    for (Row file : files) {
      starts.put(file.getString(0), count);
      count += file.getLong(1);
    }
    if (count == 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, display + " has no rows");
    }
    return count;
  }
}
