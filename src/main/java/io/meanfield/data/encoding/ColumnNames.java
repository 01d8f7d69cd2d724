package io.meanfield.data.encoding;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Refers to columns by names that may contain dots. */
public final class ColumnNames {
  private ColumnNames() {}

  /** Returns the column with a name. */
  public static Column named(String column) {
    return functions.col(quoted(column));
  }

  /** Returns a column as strings. */
  public static Column string(String column) {
    return named(column).cast(DataTypes.StringType);
  }

  /** Returns a name as it is written in an expression of SQL. */
  public static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
