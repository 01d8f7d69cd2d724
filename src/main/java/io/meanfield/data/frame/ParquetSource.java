package io.meanfield.data.frame;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Parquet files, read by Spark.
 *
 * @param paths the Hadoop paths of files, directories or globs
 */
public record ParquetSource(List<String> paths, ColumnRoles columns) implements TableFiles {
  /** Reads the key {@code path} and the section {@code data.columns}. */
  public static Source read(SourceSettings settings) {
    ColumnRoles columns = settings.columns();
    return settings.locatedBy(
        "path", () -> new ParquetSource(settings.part().strings("path"), columns));
  }

  @Override
  public Table table(ReadContext context) {
    String display = String.join(", ", paths);
    JavaSparkContext spark = context.spark();
    String[] files =
        paths.stream()
            .map(path -> HadoopPaths.forSpark(spark.hadoopConfiguration(), path))
            .toArray(String[]::new);
    SparkSession session = SparkSession.builder().config(spark.getConf()).getOrCreate();
    // Spark throws a checked exception that it does not declare.
    try {
      org.apache.spark.sql.Dataset<Row> frame = session.read().parquet(files);
      return new Table(frame, display, FileNames.of(frame.inputFiles()), Optional.empty());
    } catch (Exception e) {
      throw e instanceof AnalysisException
          ? notFound(display, e)
          : UserException.in(e).orElseGet(() -> damaged(display, e));
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

  private static UserException damaged(String display, Exception failure) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        display
            + " cannot be read: the metadata of a file are damaged ("
            + UserException.reason(failure)
            + "); restore the file, or remove it from the data",
        failure);
  }

  /** Opens the data set; a column has the number of each of {@code count} rows, from 0. */
  public Dataset openNumbered(ReadContext context, String number, long count) {
    return FrameReader.open(table(context), columns, context, RowOrder.ofNumber(number, count));
  }
}
