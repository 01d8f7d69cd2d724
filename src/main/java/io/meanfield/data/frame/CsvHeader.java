package io.meanfield.data.frame;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Reads the names of columns in the first lines of CSV files; driver only.
 *
 * @param options of Spark's reader of CSV, by the names of Spark
 */
record CsvHeader(Map<String, String> options) {
  // How files of other formats begin.
  private static final Map<String, String> OTHERS =
      Map.of(
          "PK\u0003\u0004", "an Excel workbook or another ZIP archive; save its table as CSV",
          "PAR1", "one of Parquet; set data.format = parquet",
          "{", "JSON; set data.format = spark and data.train.source = json",
          "[{", "JSON; set data.format = spark and data.train.source = json",
          "<!", "HTML, maybe the page of a file instead of the file; download the file itself",
          "<html", "HTML, maybe the page of a file instead of the file; download the file itself");

  /**
   * Returns the names of the columns.
   *
   * @param lines the first line of each file; an empty one if it has none
   * @throws UserException if a header is missing, if Spark cannot tell two columns apart, or if
   *     files have different headers
   */
  List<String> of(List<Path> files, List<String> lines) {
    List<String> header = names(files.get(0), lines.get(0));
    for (int i = 1; i < files.size(); i++) {
      if (!lines.get(i).equals(lines.get(0))) {
        requireSame(header, files.get(0), names(files.get(i), lines.get(i)), files.get(i));
      }
    }
    return header;
  }

  private static void requireSame(List<String> header, Path first, List<String> found, Path file) {
    if (!found.equals(header)) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has the columns %s, expected those of %s in the same order: %s",
          HadoopPaths.display(file),
          String.join(", ", found),
          HadoopPaths.display(first),
          String.join(", ", header));
    }
  }

  private List<String> names(Path file, String line) {
    String where = HadoopPaths.display(file);
    if (line.isBlank()) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE, "%s is empty; expected a header with names of columns", where);
    }
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxColumns(line.length() + 1);
    settings.setMaxCharsPerColumn(-1);
    settings.getFormat().setDelimiter(character("delimiter", ','));
    settings.getFormat().setQuote(character("quote", '"'));
    settings.getFormat().setQuoteEscape(character("escape", '"'));
    settings.getFormat().setComment('\0');
    String[] fields = new CsvParser(settings).parseLine(line);
    List<String> names =
        IntStream.range(0, fields.length).mapToObj(i -> name(fields[i], i)).toList();
    requireNames(names, line, where);
    return names;
  }

  private char character(String option, char fallback) {
    String text = options.getOrDefault(option, String.valueOf(fallback));
    return text.isEmpty() ? '\0' : text.charAt(0);
  }

  /** Returns the name of a column; for one without a name, that which Spark gives it. */
  private static String name(String text, int i) {
    return text == null || text.isBlank() ? "_c" + i : text.strip();
  }

  private void requireNames(List<String> names, String line, String where) {
    OTHERS.forEach(
        (beginning, what) -> {
          if (line.startsWith(beginning)) {
            throw UserException.of(
                ErrorCode.DATA_UNREADABLE, "%s is no CSV file, but %s", where, what);
          }
        });
    if (ValueType.areValues(names)) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s begins with %s, expected a header with names of columns in the first line",
          where,
          String.join(", ", names));
    }
    String encoding = options.getOrDefault("encoding", "UTF-8");
    if (line.indexOf(ValueType.UNREADABLE) >= 0) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "the header of %s is not a text in %s: %s; set data.csv.encoding%s",
          where,
          encoding,
          line,
          encoding.equals("UTF-8") ? ", for example to windows-1252" : " to another one");
    }
    Optional<Character> other =
        CsvSource.DELIMITERS.stream().filter(each -> line.indexOf(each) >= 0).findFirst();
    if (names.size() == 1 && other.isPresent()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s has only the column %s; set data.csv.delimiter = %s",
          where,
          names.get(0),
          other.get() == '\t' ? "tab" : "\"" + other.get() + "\"");
    }
    TableSchema.requireUnique(names, where);
    requireDifferentForSpark(names, where);
  }

  private static void requireDifferentForSpark(List<String> names, String where) {
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      String twin = seen.put(name, name);
      if (twin != null && !SQLConf.get().caseSensitiveAnalysis()) {
        throw UserException.of(
            ErrorCode.DATA_UNREADABLE,
            "%s has the columns %s and %s, which Spark does not tell apart; rename one of them, or"
                + " add --conf spark.sql.caseSensitive=true before the command",
            where,
            twin,
            name);
      }
    }
  }
}
