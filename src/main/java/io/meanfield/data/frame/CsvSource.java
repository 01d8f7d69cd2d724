package io.meanfield.data.frame;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.Section;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files with a header (RFC 4180), read by Spark.
 *
 * @param paths the Hadoop paths of files, directories or globs; files may be gzipped
 * @param options of Spark's reader of CSV, by the names of Spark
 */
public record CsvSource(List<String> paths, ColumnRoles columns, Map<String, String> options)
    implements TableFiles {
  private static final String DELIMITER = "delimiter";
  // Other options of Spark's reader drop rows, change the header, or have no effect on texts.
  private static final List<String> ALLOWED =
      List.of(
          DELIMITER,
          "encoding",
          "quote",
          "escape",
          "charToEscapeQuoteEscaping",
          "multiLine",
          "lineSep",
          "ignoreLeadingWhiteSpace",
          "ignoreTrailingWhiteSpace",
          "nullValue",
          "emptyValue",
          "maxCharsPerColumn");
  // How files of other formats begin.
  private static final Map<String, String> OTHERS =
      Map.of(
          "PK\u0003\u0004", "an Excel workbook or another ZIP archive; save its table as CSV",
          "PAR1", "one of Parquet; set data.format = parquet",
          "{", "JSON; set data.format = spark and data.train.source = json",
          "[{", "JSON; set data.format = spark and data.train.source = json",
          "<!", "HTML, maybe the page of a file instead of the file; download the file itself",
          "<html", "HTML, maybe the page of a file instead of the file; download the file itself");

  private static final int LONGEST_LINE = 1 << 24;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** The column with the text of a record whose number of fields is not that of the header. */
  public static final String MALFORMED = "meanfield_malformed_record";

  private static final String MAX_COLUMNS = "maxColumns";
  private static final int LEAST_MAX_COLUMNS = 20_480; // Spark's default

  /**
   * The delimiters that are looked for where none is set, or where the one that is set is wrong.
   */
  public static final List<Character> DELIMITERS = List.of(';', '\t', '|', ',');

  /** Reads the key {@code path} and the sections {@code data.columns} and {@code data.csv}. */
  public static Source read(SourceSettings settings) {
    ColumnRoles columns = settings.columns();
    return settings.locatedBy(
        "path", () -> new CsvSource(settings.part().strings("path"), columns, settings.csv()));
  }

  /** Reads the section {@code data.csv}. */
  public static Map<String, String> options(Section data) {
    Map<String, String> options = new TreeMap<>(data.optionalTexts("csv"));
    Section csv = data.section("csv");
    options.keySet().stream()
        .filter(name -> !ALLOWED.contains(name))
        .forEach(name -> csv.invalid(name, "one of " + String.join(", ", ALLOWED)));
    String delimiter = csv.string(DELIMITER);
    if (!delimiter.equals("tab") && (delimiter.length() != 1 || delimiter.equals("\""))) {
      csv.invalid(DELIMITER, "one character other than a quote, or tab");
    }
    options.put(DELIMITER, delimiter.equals("tab") ? "\t" : delimiter);
    return options;
  }

  /**
   * Reads the headers; Spark reads a large file in pieces, unless {@code multiLine} allows fields
   * with line breaks.
   *
   * @throws UserException if a header is missing, or if files have different ones
   */
  @Override
  public Table table(ReadContext context) {
    Configuration hadoop = context.spark().hadoopConfiguration();
    List<Path> files = DataFiles.findAll(hadoop, paths).stream().map(FileStatus::getPath).toList();
    String display =
        files.size() == 1 ? HadoopPaths.display(files.get(0)) : String.join(", ", paths);
    // At the driver, because a job of Spark takes longer than the first lines of most data.
    List<String> lines = files.parallelStream().map(file -> firstLine(hadoop, file)).toList();
    List<String> header = header(files.get(0), lines.get(0));
    for (int i = 1; i < files.size(); i++) {
      if (!lines.get(i).equals(lines.get(0))) {
        requireSame(header, files.get(0), header(files.get(i), lines.get(i)), files.get(i));
      }
    }
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    org.apache.spark.sql.Dataset<Row> frame =
        SparkSession.builder()
            .config(context.spark().getConf())
            .getOrCreate()
            .read()
            .option(MAX_COLUMNS, Math.max(LEAST_MAX_COLUMNS, 2L * header.size()))
            .option("quote", "\"")
            .option("escape", "\"")
            .option("mode", "PERMISSIVE")
            .option("columnNameOfCorruptRecord", MALFORMED)
            .option("columnPruning", false) // which would not notice all malformed records
            .options(options)
            .option("header", true)
            .schema(schema.add(MALFORMED, DataTypes.StringType))
            .csv(files.stream().map(HadoopPaths::literal).toArray(String[]::new));
    return Table.ofFiles(frame, display, Optional.of(MALFORMED));
  }

  private String encoding() {
    return options.getOrDefault("encoding", "UTF-8");
  }

  /** Returns the first line of a file; an empty one if it has none. */
  private String firstLine(Configuration hadoop, Path file) {
    String line = firstLines(hadoop, file, encoding(), 1).stream().findFirst().orElse("");
    return line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
  }

  /**
   * Returns the first lines of a file, which may be gzipped.
   *
   * @throws UserException if they are encoded in UTF-16 and {@code encoding} is not
   */
  public static List<String> firstLines(
      Configuration hadoop, Path file, String encoding, int most) {
    try (InputStream raw = file.getFileSystem(hadoop).open(file)) {
      LineReader reader = new LineReader(uncompressed(hadoop, file, raw));
      List<String> lines = new ArrayList<>();
      Text line = new Text();
      while (lines.size() < most && reader.readLine(line, LONGEST_LINE) > 0) {
        requireNoZeros(line.copyBytes(), encoding, HadoopPaths.display(file));
        lines.add(new String(line.copyBytes(), Charset.forName(encoding)));
      }
      return lines;
    } catch (IOException e) {
      throw TableFiles.unreadable(HadoopPaths.display(file), e);
    }
  }

  private static InputStream uncompressed(Configuration hadoop, Path file, InputStream raw)
      throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    if (codec == null) {
      return raw;
    }
    try {
      return codec.createInputStream(raw);
    } catch (RuntimeException | LinkageError e) { // a codec of Hadoop's native library
      throw UserException.causedBy(
          e,
          ErrorCode.DATA_UNREADABLE,
          "%s cannot be uncompressed, because this Hadoop lacks the native library of %s; compress"
              + " it with gzip or bzip2",
          HadoopPaths.display(file),
          codec.getClass().getSimpleName());
    }
  }

  // Spark reads lines of bytes, which UTF-16 does not have.
  private static void requireNoZeros(byte[] line, String encoding, String display) {
    boolean isWide =
        encoding.toUpperCase(Locale.ROOT).startsWith("UTF-16")
            || encoding.toUpperCase(Locale.ROOT).startsWith("UTF-32");
    for (int i = 0; i < line.length && !isWide; i++) {
      if (line[i] == 0) {
        throw UserException.of(
            ErrorCode.DATA_UNREADABLE,
            "%s is not a text in %s: it has bytes that are 0, as UTF-16 has; convert it, for"
                + " example with iconv -f UTF-16 -t UTF-8",
            display,
            encoding);
      }
    }
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

  private List<String> header(Path file, String line) {
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
    if (line.indexOf(ValueType.UNREADABLE) >= 0) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "the header of %s is not a text in %s: %s; set data.csv.encoding%s",
          where,
          encoding(),
          line,
          encoding().equals("UTF-8") ? ", for example to windows-1252" : " to another one");
    }
    Optional<Character> other =
        DELIMITERS.stream().filter(each -> line.indexOf(each) >= 0).findFirst();
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
