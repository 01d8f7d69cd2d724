package io.meanfield.store.table;

import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** The format of the files in which Spark writes distributed rows. */
public enum RowFormat {
  /** The columns keep their types. */
  PARQUET,
  /** A header in each file; the numbers of an array are separated by spaces. */
  CSV;

  // Quotes within a field are doubled, as RFC 4180 demands; Spark would write a backslash.
  private static final Map<String, String> OPTIONS =
      Map.of("header", "true", "escape", "\"", "multiLine", "true");

  /** Writes the rows as files of a new directory. */
  void write(Dataset<Row> rows, String[] partitionBy, Path directory) throws IOException {
    DataFrameWriter<Row> writer =
        (this == CSV ? withoutArrays(rows) : rows).write().partitionBy(partitionBy);
    try {
      if (this == CSV) {
        writer.options(OPTIONS).csv(directory.toString());
      } else {
        writer.parquet(directory.toString());
      }
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      Optional<IOException> cause = rootIOException(e);
      if (cause.isPresent() && UserException.in(e).isEmpty()) {
        throw cause.get();
      }
      throw e;
    }
  }

  private static Dataset<Row> withoutArrays(Dataset<Row> rows) {
    return rows.select(
        Arrays.stream(rows.schema().fields()).map(RowFormat::text).toArray(Column[]::new));
  }

  private static Column text(StructField field) {
    Column column = functions.col("`" + field.name().replace("`", "``") + "`");
    return field.dataType() instanceof ArrayType
        ? functions
            .concat_ws(" ", column.cast(DataTypes.createArrayType(DataTypes.StringType)))
            .as(field.name())
        : column;
  }

  /** Reads what was written to a directory; all values of CSV files are texts. */
  public Dataset<Row> read(SparkSession spark, Path directory) {
    String path = HadoopPaths.literal(directory);
    return this == CSV ? spark.read().options(OPTIONS).csv(path) : spark.read().parquet(path);
  }

  /**
   * Returns the innermost IOException, whose message is short: the messages of Parquet's wrappers
   * contain the whole schema. Returns empty if there is none.
   */
  private static Optional<IOException> rootIOException(Throwable failure) {
    Optional<IOException> innermost = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException found) {
        innermost = Optional.of(found);
      }
    }
    return innermost;
  }
}
