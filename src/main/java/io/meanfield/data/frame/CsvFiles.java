package io.meanfield.data.frame;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files as a table of texts; driver only. Spark reads a large file in pieces, unless {@code
 * multiLine} allows fields with line breaks.
 *
 * @param display the location of all files, for messages
 */
record CsvFiles(
    Configuration hadoop,
    SparkSession spark,
    List<Path> files,
    Map<String, String> options,
    String display) {
  private static final int LONGEST_LINE = 1 << 24;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String MALFORMED = "meanfield_malformed_record";
  private static final String MAX_COLUMNS = "maxColumns";
  private static final int LEAST_MAX_COLUMNS = 20_480; // Spark's default
  private static final List<String> DELIMITERS = List.of(";", "\t", "|", ",");

  /**
   * Finds files.
   *
   * @param locations the paths of files, directories or globs
   * @param options of the user, which win over those that are set here
   */
  static CsvFiles find(
      List<String> locations, Map<String, String> options, JavaSparkContext context) {
    List<Path> files =
        DataFiles.findAll(context.hadoopConfiguration(), locations).stream()
            .map(FileStatus::getPath)
            .toList();
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "quote", "\"",
                "escape", "\"",
                "mode", "PERMISSIVE",
                "columnNameOfCorruptRecord", MALFORMED));
    all.putAll(options);
    return new CsvFiles(
        context.hadoopConfiguration(),
        SparkSession.builder().config(context.getConf()).getOrCreate(),
        files,
        all,
        files.size() == 1 ? HadoopPaths.display(files.get(0)) : String.join(", ", locations));
  }

  /**
   * Reads the headers.
   *
   * @throws UserException if a header is missing, or if files have different ones
   */
  Table table() {
    // At the driver, because a job of Spark takes longer than the first lines of most data.
    List<String> lines = files.parallelStream().map(this::firstLine).toList();
    List<String> header = header(files.get(0), lines.get(0));
    for (int i = 1; i < files.size(); i++) {
      requireSame(
          header,
          i,
          lines.get(i).equals(lines.get(0)) ? header : header(files.get(i), lines.get(i)));
    }
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    org.apache.spark.sql.Dataset<Row> frame =
        spark
            .read()
            .option(MAX_COLUMNS, Math.max(LEAST_MAX_COLUMNS, 2L * header.size()))
            .options(options)
            .option("header", true)
            .schema(schema.add(MALFORMED, DataTypes.StringType))
            .csv(files.stream().map(HadoopPaths::literal).toArray(String[]::new));
    return new Table(frame, display, FileNames.of(frame.inputFiles()), Optional.of(MALFORMED));
  }

  /** Returns the first line of a file; an empty one if it has none. */
  private String firstLine(Path file) {
    String encoding = options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8"));
    try (InputStream raw = file.getFileSystem(hadoop).open(file)) {
      CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
      Text line = new Text();
      new LineReader(codec == null ? raw : codec.createInputStream(raw))
          .readLine(line, LONGEST_LINE);
      String text = new String(line.copyBytes(), Charset.forName(encoding));
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (IOException e) {
      throw TableFiles.unreadable(HadoopPaths.display(file), e);
    }
  }

  private void requireSame(List<String> header, int file, List<String> other) {
    if (!other.equals(header)) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          HadoopPaths.display(files.get(file))
              + " has the columns "
              + String.join(", ", other)
              + ", expected those of "
              + HadoopPaths.display(files.get(0))
              + " in the same order: "
              + String.join(", ", header));
    }
  }

  private List<String> header(Path file, String line) {
    String where = HadoopPaths.display(file);
    if (line.isBlank()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, where + " is empty; expected a header with names of columns");
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
    if (names.stream().allMatch(CsvFiles::isNumber)) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          where
              + " begins with "
              + String.join(", ", names)
              + ", expected a header with names of columns in the first line");
    }
    Optional<String> other = DELIMITERS.stream().filter(line::contains).findFirst();
    if (names.size() == 1 && other.isPresent()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          where
              + " has only the column "
              + names.get(0)
              + "; set data.csv.delimiter = "
              + (other.get().equals("\t") ? "tab" : "\"" + other.get() + "\""));
    }
    TableSchema.requireUnique(names, where);
  }

  private static boolean isNumber(String text) {
    return ValueType.NUMBER.parse(text).isPresent();
  }
}
