package io.meanfield.pipeline.start;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.source.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
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
 * @param csv the settings of {@code data.csv} that differ from the defaults
 */
record TableInput(
    String format, String location, Optional<String> test, SortedMap<String, String> csv) {
  static final String CSV = "csv";

  private static final String PARQUET = "parquet";
  private static final String DELIMITER = "delimiter";
  private static final List<String> OTHERS = List.of("json", "orc", "avro", "xlsx", "xls", "zip");
  private static final int FIRST_LINES = 1000;
  private static final String NOT_UTF_8 = "\uFFFD"; // Java's character for bytes that are none
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  /** Returns the key of the location below {@code data.train}. */
  String key() {
    return format.equals(CSV) || format.equals(PARQUET) ? "path" : "table";
  }

  /** Returns a table of a catalog. */
  static TableInput table(String name, Optional<String> test) {
    return new TableInput("spark", name, test, new TreeMap<>());
  }

  /**
   * Finds out the format of files.
   *
   * @throws UserException if there are none
   */
  static TableInput files(SparkSession spark, String path, Optional<String> test) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Path first = DataFiles.find(hadoop, List.of(path)).get(0).getPath();
    requireKnown(first.toString());
    boolean isParquet = first.getName().toLowerCase(Locale.ROOT).endsWith(".parquet");
    List<String> lines =
        isParquet ? List.of() : CsvSource.firstLines(hadoop, first, "UTF-8", FIRST_LINES);
    return isParquet || (!lines.isEmpty() && lines.get(0).startsWith("PAR1"))
        ? new TableInput(PARQUET, path, test, new TreeMap<>())
        : new TableInput(CSV, path, test, csv(lines));
  }

  /**
   * Returns the table with numbers as its columns have them. Spreadsheets divide the fields by a
   * semicolon where numbers have a decimal comma.
   */
  TableInput withNumbersOf(List<ColumnStatistics> columns) {
    boolean commas = columns.stream().anyMatch(column -> column.forms().hasDecimalComma());
    boolean points = columns.stream().anyMatch(column -> column.forms().hasDecimalPoint());
    SortedMap<String, String> known = new TreeMap<>(csv);
    if (delimiter() == ';' && commas && !points) {
      known.put("locale", "de-DE");
    }
    return new TableInput(format, location, test, known);
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

  private static SortedMap<String, String> csv(List<String> lines) {
    SortedMap<String, String> csv = new TreeMap<>();
    char delimiter = delimiter(lines);
    if (delimiter != ',') {
      csv.put(DELIMITER, delimiter == '\t' ? "tab" : String.valueOf(delimiter));
    }
    if (lines.stream().anyMatch(line -> line.contains(NOT_UTF_8))) {
      csv.put("encoding", "windows-1252"); // of spreadsheets on Windows in Western Europe
    }
    return csv;
  }

  private char delimiter() {
    String delimiter = csv.getOrDefault(DELIMITER, ",");
    return delimiter.equals("tab") ? '\t' : delimiter.charAt(0);
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
   * Returns the statistics of the columns. One task reads a file of CSV if fields have line breaks.
   */
  List<ColumnStatistics> survey(SparkSession spark) {
    List<ColumnStatistics> found = TableSurvey.of(frame(spark, false));
    boolean isMalformed =
        found.stream()
            .anyMatch(each -> each.name().equals(CsvSource.MALFORMED) && each.present() > 0);
    List<ColumnStatistics> all = isMalformed ? TableSurvey.of(frame(spark, true)) : found;
    return all.stream().filter(each -> !each.name().equals(CsvSource.MALFORMED)).toList();
  }

  /** Returns the names of the columns. */
  List<String> columns(SparkSession spark) {
    return Stream.of(frame(spark, false).columns())
        .filter(name -> !name.equals(CsvSource.MALFORMED))
        .toList();
  }

  private Dataset<Row> frame(SparkSession spark, boolean multiLine) {
    try {
      return switch (format) {
        case CSV -> csv(spark, multiLine);
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

  private Dataset<Row> csv(SparkSession spark, boolean multiLine) {
    Map<String, String> options = new HashMap<>(csv);
    options.put(DELIMITER, String.valueOf(delimiter()));
    options.put("multiLine", String.valueOf(multiLine));
    ColumnRoles unknown =
        new ColumnRoles(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            ColumnRoles.HandleUnknown.ERROR);
    return new CsvSource(List.of(location), unknown, options)
        .rows(JavaSparkContext.fromSparkContext(spark.sparkContext()));
  }
}
