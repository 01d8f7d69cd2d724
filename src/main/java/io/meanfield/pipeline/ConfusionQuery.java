package io.meanfield.pipeline;

import java.util.List;

/** Shell commands that list which classes a model takes for which, most frequent first. */
final class ConfusionQuery {
  private static final String REST = " where actual <> predicted order by count desc";

  private ConfusionQuery() {}

  /** Returns a line for DuckDB and one for Spark SQL; each runs as it is. */
  static List<String> lines(String table) {
    return List.of(
        "query    duckdb -c \"" + select("'" + table + "/*.parquet'") + "\"",
        "query    spark-sql -e '" + select("parquet.`" + table + "`") + "'");
  }

  private static String select(String source) {
    return "select actual, predicted, count from " + source + REST;
  }
}
