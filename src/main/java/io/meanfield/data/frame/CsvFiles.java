package io.meanfield.data.frame;

import io.meanfield.data.column.ValueType;
import io.meanfield.data.source.DataFiles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
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
    JavaSparkContext context,
    SparkSession spark,
    List<Path> files,
    Map<String, String> options,
    String display) {
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
        context,
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
    List<String> lines = FirstLines.of(files, encoding(), context);
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

  private String encoding() {
    return options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8"));
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
    Row fields =
        spark
            .read()
            .option(MAX_COLUMNS, line.length() + 1L)
            .options(options)
            .csv(spark.createDataset(List.of(line), Encoders.STRING()))
            .head();
    List<String> names = IntStream.range(0, fields.size()).mapToObj(i -> name(fields, i)).toList();
    requireNames(names, line, where);
    return names;
  }

  /** Returns the name of a column; for one without a name, that which Spark gives it. */
  private static String name(Row header, int i) {
    String name = header.isNullAt(i) ? "" : header.getString(i).strip();
    return name.isEmpty() ? "_c" + i : name;
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
    String repeated =
        names.stream()
            .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
            .findFirst()
            .orElse("");
    if (!repeated.isEmpty()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          where + " has two columns " + repeated + "; expected unique column names");
    }
  }

  private static boolean isNumber(String text) {
    return ValueType.NUMBER.parse(text).isPresent();
  }
}
