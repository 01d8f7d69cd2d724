package io.meanfield.pipeline.start;

import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.LocalNumbers;
import io.meanfield.data.source.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table whose settings are proposed.
 *
 * @param format the value of {@code data.format}
 * @param location the path of files as the user wrote it, or the name of a table
 * @param test where its test set lies, in the same form; empty if there is none
 * @param delimiter between the fields of CSV
 * @param decimalComma whether its numbers have a comma in place of the decimal point
 */
record TableInput(
    String format, String location, Optional<String> test, char delimiter, boolean decimalComma) {
  static final String CSV = "csv";

  private static final String PARQUET = "parquet";
  private static final List<String> OTHERS = List.of("json", "orc", "avro");
  private static final int FIRST_LINES = 20;
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  /** Returns the key of the location below {@code data.train}. */
  String key() {
    return format.equals(CSV) || format.equals(PARQUET) ? "path" : "table";
  }

  /** Returns a table of a catalog. */
  static TableInput table(String name, Optional<String> test) {
    return new TableInput("spark", name, test, ',', false);
  }

  /**
   * Finds out the format of files.
   *
   * @throws UserException if there are none
   */
  static TableInput files(SparkSession spark, String path, Optional<String> test) {
    String first = find(spark, path).get(0);
    requireKnown(first);
    boolean isParquet = first.toLowerCase(Locale.ROOT).endsWith(".parquet");
    List<String> lines = isParquet ? List.of() : firstLines(spark, first);
    return isParquet || (!lines.isEmpty() && lines.get(0).startsWith("PAR1"))
        ? new TableInput(PARQUET, path, test, ',', false)
        : new TableInput(CSV, path, test, delimiter(lines), false);
  }

  /**
   * Returns the table with numbers as its columns have them. Spreadsheets divide the fields by a
   * semicolon where numbers have a decimal comma.
   */
  TableInput withNumbersOf(List<ColumnStatistics> columns) {
    boolean commas = columns.stream().anyMatch(column -> column.forms().hasDecimalComma());
    boolean points = columns.stream().anyMatch(column -> column.forms().hasDecimalPoint());
    return new TableInput(format, location, test, delimiter, delimiter == ';' && commas && !points);
  }

  private static void requireKnown(String file) {
    String ending = file.replaceAll(".*\\.", "").toLowerCase(Locale.ROOT);
    if (OTHERS.contains(ending)) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "init reads files of CSV and Parquet, found "
              + file
              + "; convert it, or name a table of Spark's catalogs with --table");
    }
  }

  private static List<String> find(SparkSession spark, String path) {
    return DataFiles.find(spark.sparkContext().hadoopConfiguration(), List.of(path)).stream()
        .map(FileStatus::getPath)
        .map(Object::toString)
        .toList();
  }

  private static List<String> firstLines(SparkSession spark, String file) {
    return spark.read().text(file).limit(FIRST_LINES).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** Returns the delimiter that divides most lines into as many fields as the first line. */
  static char delimiter(List<String> lines) {
    char best = DELIMITERS.get(0);
    long most = 0;
    for (char each : DELIMITERS) {
      long fields = lines.isEmpty() ? 0 : count(lines.get(0), each);
      long score = lines.stream().filter(line -> fields > 0 && count(line, each) == fields).count();
      if (score > most) {
        most = score;
        best = each;
      }
    }
    return best;
  }

  private static long count(String line, char delimiter) {
    boolean quoted = false;
    long count = 0;
    for (int i = 0; i < line.length(); i++) {
      char each = line.charAt(i);
      quoted ^= each == '"';
      count += !quoted && each == delimiter ? 1 : 0;
    }
    return count;
  }

  /**
   * Reads the table; the values of CSV are strings.
   *
   * @throws UserException if Spark cannot read it, or if CSV has no header
   */
  Dataset<Row> frame(SparkSession spark) {
    try {
      return switch (format) {
        case CSV -> withHeader(decimalComma ? LocalNumbers.withPoint(csv(spark)) : csv(spark));
        case PARQUET -> spark.read().parquet(location);
        default -> spark.table(location);
      };
    } catch (Exception e) { // Spark throws AnalysisException, which it does not declare
      if (e instanceof AnalysisException) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            location + " cannot be read: " + e.getMessage().lines().findFirst().orElse(""),
            e);
      }
      throw e;
    }
  }

  private Dataset<Row> csv(SparkSession spark) {
    return spark
        .read()
        .option("header", true)
        .option("sep", String.valueOf(delimiter))
        .option("escape", "\"")
        .option("multiLine", true)
        .csv(find(spark, location).toArray(String[]::new));
  }

  private Dataset<Row> withHeader(Dataset<Row> rows) {
    List<String> names = List.of(rows.columns());
    if (ValueType.areValues(names)) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          location
              + " must begin with a line of column names, found values: "
              + String.join(String.valueOf(delimiter), names)
              + "; add such a line");
    }
    return rows;
  }
}
