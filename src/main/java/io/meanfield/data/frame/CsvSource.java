package io.meanfield.data.frame;

import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.Section;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
  private static final String ENCODING = "encoding";
  // Other options of Spark's reader drop rows, change the header, or have no effect on texts.
  private static final List<String> ALLOWED =
      List.of(
          DELIMITER,
          ENCODING,
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
    if (options.containsKey(ENCODING) && !isCharset(options.get(ENCODING))) {
      csv.invalid(ENCODING, "the name of an encoding, such as utf-8 or windows-1252");
    }
    options.put(DELIMITER, delimiter.equals("tab") ? "\t" : delimiter);
    return options;
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  /**
   * Reads the headers; Spark reads a large file in pieces, unless {@code multiLine} allows fields
   * with line breaks.
   *
   * @throws UserException if a header is missing, or if files have different ones
   */
  @Override
  public Table table(ReadContext context) {
    // First, because its settings say whether names may differ by case only.
    SparkSession session = SparkSession.builder().config(context.spark().getConf()).getOrCreate();
    Configuration hadoop = context.spark().hadoopConfiguration();
    List<Path> files = DataFiles.findAll(hadoop, paths).stream().map(FileStatus::getPath).toList();
    String display =
        files.size() == 1 ? HadoopPaths.display(files.get(0)) : String.join(", ", paths);
    // At the driver, because a job of Spark takes longer than the first lines of most data.
    List<String> lines = files.parallelStream().map(file -> firstLine(hadoop, file)).toList();
    List<String> header = new CsvHeader(options).of(files, lines);
    StructType schema = new StructType();
    for (String name : header) {
      schema = schema.add(name, DataTypes.StringType);
    }
    org.apache.spark.sql.Dataset<Row> frame =
        session
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
    return options.getOrDefault(ENCODING, "UTF-8");
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
}
