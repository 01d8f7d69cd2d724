package io.meanfield.pipeline.start;

import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.frame.ParquetSource;
import io.meanfield.data.frame.SparkRows;
import io.meanfield.data.frame.SparkSource;
import io.meanfield.data.frame.TableSource;
import io.meanfield.data.frame.TableSurvey;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.retrain.PartitionFinder;
import io.meanfield.store.file.HadoopPaths;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/**
 * A table whose settings are proposed.
 *
 * @param format the value of {@code data.format}
 * @param location the path of files as the user wrote it, or the name of a table
 * @param test where its test set lies, in the same form; empty if there is none
 * @param csv the settings of {@code data.csv} that differ from the defaults
 * @param nightly the directory in which data arrive in folders of dates; empty for other tables
 */
record TableInput(
    String format,
    String location,
    Optional<String> test,
    SortedMap<String, String> csv,
    Optional<String> nightly) {
  static final String CSV = "csv";
  static final String MULTI_LINE = "multiLine";

  private static final String PARQUET = "parquet";
  private static final String DELIMITER = "delimiter";
  private static final List<String> OTHERS = List.of("json", "orc", "avro", "xlsx", "xls", "zip");
  private static final int FIRST_LINES = 1000;
  private static final String ENCODING = "encoding";
  private static final String WINDOWS = "windows-1252"; // of spreadsheets in Western Europe
  private static final ColumnRoles UNKNOWN =
      new ColumnRoles(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          ColumnRoles.HandleUnknown.ERROR);

  /** Returns the key of the location below {@code data.train}. */
  String key() {
    return format.equals(CSV) || format.equals(PARQUET) ? "path" : "table";
  }

  /** Returns a table of a catalog. */
  static TableInput table(String name, Optional<String> test) {
    return new TableInput("spark", name, test, new TreeMap<>(), Optional.empty());
  }

  /**
   * Finds out the format of files.
   *
   * @throws UserException if there are none
   */
  static TableInput files(SparkSession spark, String given, Optional<String> test) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Optional<String> nightly =
        Optional.of(given).filter(path -> PartitionFinder.hasDates(hadoop, path));
    String path = nightly.map(directory -> directory.replaceAll("/+$", "") + "/*").orElse(given);
    Path first = DataFiles.withPartitions(hadoop, path).get(0).getPath();
    requireKnown(first.toString());
    boolean isParquet = first.getName().toLowerCase(Locale.ROOT).endsWith(".parquet");
    List<String> lines =
        isParquet ? List.of() : CsvSource.firstLines(hadoop, first, "UTF-8", FIRST_LINES);
    return isParquet || (!lines.isEmpty() && lines.get(0).startsWith("PAR1"))
        ? new TableInput(PARQUET, path, test, new TreeMap<>(), nightly)
        : new TableInput(CSV, path, test, csv(lines), nightly);
  }

  private static void requireKnown(String file) {
    String ending = file.replaceAll(".*\\.", "").toLowerCase(Locale.ROOT);
    if (OTHERS.contains(ending)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "init reads files of CSV and Parquet, found %s; convert it, or name a table of Spark's"
              + " catalogs with --table",
          HadoopPaths.display(new Path(file)));
    }
  }

  private static SortedMap<String, String> csv(List<String> lines) {
    SortedMap<String, String> csv = new TreeMap<>();
    char delimiter = delimiter(lines);
    if (delimiter != ',') {
      csv.put(DELIMITER, delimiter == '\t' ? "tab" : String.valueOf(delimiter));
    }
    if (lines.stream().anyMatch(line -> line.indexOf(ValueType.UNREADABLE) >= 0)) {
      csv.put(ENCODING, WINDOWS);
    }
    return csv;
  }

  /** Returns the delimiter that divides most lines into as many fields as the first line. */
  static char delimiter(List<String> lines) {
    char best = ',';
    for (char each : CsvSource.DELIMITERS) {
      best = divided(lines, each) > divided(lines, best) ? each : best;
    }
    return best;
  }

  private static long divided(List<String> lines, char delimiter) {
    long fields = lines.isEmpty() ? 0 : count(lines.get(0), delimiter);
    return lines.stream().filter(line -> fields > 0 && count(line, delimiter) == fields).count();
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
   * Looks at the table, and finds out what its settings need: whether fields have line breaks, and
   * the encoding. One task reads a file of CSV if fields have line breaks.
   */
  Surveyed survey(SparkSession spark, List<String> labels) {
    Surveyed found = surveyed(spark, labels);
    if (format.equals(CSV) && found.survey().malformed() > 0) {
      Surveyed other = with(MULTI_LINE, "true").surveyed(spark, labels);
      found = other.survey().malformed() < found.survey().malformed() ? other : found;
    }
    boolean isOther = format.equals(CSV) && found.survey().hasUnreadableTexts();
    if (isOther && encoding().isEmpty()) {
      found = found.input().with(ENCODING, WINDOWS).surveyed(spark, labels);
    }
    if (isOther && found.survey().hasUnreadableTexts()) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has texts that are neither in UTF-8 nor in windows-1252; convert it to UTF-8, for"
              + " example with iconv",
          location);
    }
    return found;
  }

  /** Returns the encoding that was found; empty for UTF-8. */
  Optional<String> encoding() {
    return Optional.ofNullable(csv.get(ENCODING));
  }

  private TableInput with(String key, String value) {
    SortedMap<String, String> more = new TreeMap<>(csv);
    more.put(key, value);
    return new TableInput(format, location, test, more, nightly);
  }

  private Surveyed surveyed(SparkSession spark, List<String> labels) {
    return new Surveyed(this, explained(() -> TableSurvey.of(source(), context(spark), labels)));
  }

  /**
   * A table that was looked at.
   *
   * @param input the table with the settings by which it was read
   */
  record Surveyed(TableInput input, TableSurvey survey) {}

  /** Returns the names of the columns. */
  List<String> columns(SparkSession spark) {
    return explained(() -> TableSurvey.names(source(), context(spark)));
  }

  private <T> T explained(Supplier<T> read) {
    try {
      return read.get();
    } catch (Exception e) { // Spark throws AnalysisException, which it does not declare
      if (e instanceof AnalysisException) {
        throw UserException.causedBy(
            e,
            ErrorCode.DATA_UNREADABLE,
            "%s cannot be read: %s",
            location,
            e.getMessage().lines().findFirst().orElse(""));
      }
      throw e;
    }
  }

  private static ReadContext context(SparkSession spark) {
    return ReadContext.of(JavaSparkContext.fromSparkContext(spark.sparkContext()), 0);
  }

  private TableSource source() {
    return switch (format) {
      case CSV -> new CsvSource(List.of(location), UNKNOWN, options());
      case PARQUET -> new ParquetSource(List.of(location), UNKNOWN);
      default -> new SparkSource(SparkRows.ofTable(location), UNKNOWN);
    };
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>(csv);
    String delimiter = csv.getOrDefault(DELIMITER, ",");
    options.put(DELIMITER, delimiter.equals("tab") ? "\t" : delimiter);
    return options;
  }
}
