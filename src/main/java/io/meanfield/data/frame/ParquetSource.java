package io.meanfield.data.frame;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import java.util.List;
import java.util.Map;

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

  /** Returns the settings of the data set in these files. */
  public static Map<String, Object> located(List<String> paths) {
    return TableFiles.located(paths);
  }

  @Override
  public Table table(ReadContext context) {
    return ParquetFiles.table(paths, context.spark());
  }

  /** Opens the data set; a column has the number of each row, from 0. */
  public Dataset openNumbered(ReadContext context, String number) {
    return FrameReader.open(table(context), columns, context, RowOrder.ofNumber(number));
  }
}
