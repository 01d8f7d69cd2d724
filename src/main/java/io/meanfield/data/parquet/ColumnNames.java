package io.meanfield.data.parquet;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Refers to columns by names that may contain dots. */
final class ColumnNames {
  private ColumnNames() {}

  /** Returns the column with a name. */
  static Column named(String column) {
    return functions.col(quoted(column));
  }

  /** Returns a column as strings. */
  static Column string(String column) {
    return named(column).cast(DataTypes.StringType);
  }

  /** Returns a name as it is written in an expression of SQL. */
  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
