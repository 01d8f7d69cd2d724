package io.meanfield.data.parquet;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.table.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;

/** The most frequent lengths of arrays, which those of rows that can be used have. */
final class TypicalLengths {
  private TypicalLengths() {}

  /** Returns the rows whose arrays have the most frequent lengths. */
  static Dataset<Row> rows(TableSchema schema, Dataset<Row> frame) {
    Dataset<Row> rows = frame;
    List<String> columns =
        Stream.concat(schema.features().stream(), schema.targets().stream()).toList();
    for (String column : columns) {
      Optional<Column> length = length(column, frame.schema().apply(column).dataType());
      if (length.isPresent()) {
        rows = rows.where(length.get().equalTo(mostFrequent(length.get(), column, frame)));
      }
    }
    return rows;
  }

  private static Optional<Column> length(String column, DataType type) {
    Column named = ColumnNames.named(column);
    if (type instanceof ArrayType) {
      return Optional.of(org.apache.spark.sql.functions.size(named));
    }
    if (type.equals(SQLDataTypes.VectorType())) {
      return Optional.of(
          org.apache.spark.sql.functions.size(functions.vector_to_array(named, "float64")));
    }
    return type instanceof BinaryType
        ? Optional.of(org.apache.spark.sql.functions.length(named))
        : Optional.empty();
  }

  /** Returns the most frequent length, of several the smallest; 0 if there is none. */
  private static int mostFrequent(Column length, String column, Dataset<Row> frame) {
    List<Row> first =
        frame
            .where(ColumnNames.named(column).isNotNull())
            .groupBy(length.as("length"))
            .count()
            .orderBy(
                org.apache.spark.sql.functions.col("count").desc(),
                org.apache.spark.sql.functions.col("length"))
            .limit(1)
            .collectAsList();
    return first.isEmpty() ? 0 : first.get(0).getInt(0);
  }
}
