package io.meanfield.data.parquet;

import io.meanfield.data.ColumnNames;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the length of the arrays of a column from one of its rows; driver only. */
@FunctionalInterface
interface ArrayLengths {
  /**
   * Returns the length of the first array, vector or bytes of a column; empty if no row has any.
   */
  Optional<Integer> of(String column);

  /** Returns the lengths in the rows of a frame, which Spark reads. */
  static ArrayLengths of(Dataset<Row> frame) {
    return column -> {
      Column named = ColumnNames.named(column);
      List<Row> first = frame.select(named).where(named.isNotNull()).limit(1).collectAsList();
      return first.stream().map(ArrayLengths::length).findFirst();
    };
  }

  private static int length(Row row) {
    if (row.get(0) instanceof Vector vector) {
      return vector.size();
    }
    return row.get(0) instanceof byte[] bytes ? bytes.length : row.getList(0).size();
  }
}
