package io.meanfield.pipeline;

import java.util.List;

/** Shell commands that list the confused pairs of classes, most frequent first. */
final class ConfusionQuery {
  private static final String REST = " where actual <> predicted order by count desc";

  private ConfusionQuery() {}

  /** Returns one command for DuckDB and one for Spark SQL. */
  static List<String> lines(String table) {
    return List.of(
        "query    duckdb -c \"" + select("'" + table + "/*.parquet'") + "\"",
        "query    spark-sql -e '" + select("parquet.`" + table + "`") + "'");
  }

  private static String select(String source) {
    return "select actual, predicted, count from " + source + REST;
  }
}
