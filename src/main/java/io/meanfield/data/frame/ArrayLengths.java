package io.meanfield.data.frame;

import io.meanfield.data.ColumnNames;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;

/** Finds the length of the arrays of a column; driver only. */
@FunctionalInterface
interface ArrayLengths {
  /** Returns the length of the arrays, vectors or bytes of a column; empty if no row has any. */
  Optional<Integer> of(String column);

  /**
   * Returns the lengths in the rows of a frame.
   *
   * @param skipsBadRows whether the length is the most frequent one; else it is that of any row
   */
  static ArrayLengths of(Dataset<Row> frame, boolean skipsBadRows) {
    return column -> {
      Column named = ColumnNames.named(column);
      Dataset<Row> lengths =
          frame
              .where(named.isNotNull())
              .select(length(named, frame.schema().apply(column).dataType()).as("length"));
      Dataset<Row> first =
          skipsBadRows
              ? lengths
                  .groupBy("length")
                  .count()
                  .orderBy(functions.col("count").desc(), functions.col("length"))
              : lengths;
      List<Row> found = first.limit(1).collectAsList();
      return found.stream().map(row -> row.getInt(0)).findFirst();
    };
  }

  private static Column length(Column named, DataType type) {
    if (type.equals(SQLDataTypes.VectorType())) {
      return functions.size(org.apache.spark.ml.functions.vector_to_array(named, "float64"));
    }
    return type instanceof BinaryType ? functions.length(named) : functions.size(named);
  }
}
