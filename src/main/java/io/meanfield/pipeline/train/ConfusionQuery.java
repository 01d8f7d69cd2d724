package io.meanfield.pipeline.train;

import io.meanfield.error.Printable;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shell commands that list the confused pairs of classes, most frequent first. */
final class ConfusionQuery {
  private static final String REST = " where actual <> predicted order by count desc";

  private ConfusionQuery() {}

  /** Returns a command for each of DuckDB and Spark SQL that is on the PATH of this process. */
  static List<String> lines(String table) {
    return lines(table, System.getenv().getOrDefault("PATH", ""));
  }

  static List<String> lines(String table, String path) {
    Map<String, String> arguments = new LinkedHashMap<>();
    String files = "'" + table.replace("'", "''") + "/*.parquet'";
    arguments.put("duckdb", "-c " + Printable.shellWord(select(files)));
    String relation = "parquet.`" + table.replace("`", "``") + "`";
    arguments.put("spark-sql", "-e " + Printable.shellWord(select(relation)));
    return arguments.entrySet().stream()
        .filter(program -> isOn(path, program.getKey()))
        .map(program -> "query    " + program.getKey() + " " + program.getValue())
        .toList();
  }

  private static boolean isOn(String path, String program) {
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static String select(String source) {
    return "select actual, predicted, count from " + source + REST;
  }
}
