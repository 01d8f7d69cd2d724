package io.meanfield.store.table;

import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** The format of the files in which Spark writes distributed rows. */
public enum RowFormat {
  /** The columns keep their types. */
  PARQUET,
  /** A header in each file; the numbers of an array are separated by spaces. */
  CSV,
  /** CSV with an apostrophe before a text or a name that a spreadsheet would take for a formula. */
  SPREADSHEET;

  // Quotes within a field are doubled, as RFC 4180 demands; Spark would write a backslash, and
  // leave out the blanks at both ends of a text.
  private static final Map<String, String> OPTIONS =
      Map.of(
          "header", "true",
          "escape", "\"",
          "multiLine", "true",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  // What OWASP lists under "CSV injection"; numbers and lists of them are no formulas.
  private static final String FORMULA = "^[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]";
  private static final String NUMBER = "[+-]?([\\d.,]*\\d(E[+-]?\\d+)?( ?%)?|Infinity)";
  private static final String NUMBERS = "(?i)^" + NUMBER + "( " + NUMBER + ")*$";

  /** Writes the rows as files of a new directory. */
  void write(Dataset<Row> rows, String[] partitionBy, Path directory) throws IOException {
    DataFrameWriter<Row> writer =
        (this == PARQUET ? rows : texts(rows, Set.of(partitionBy)))
            .write()
            .partitionBy(partitionBy);
    try {
      if (this == PARQUET) {
        writer.parquet(directory.toString());
      } else {
        writer.options(OPTIONS).csv(directory.toString());
      }
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      Optional<IOException> cause = rootIOException(e);
      if (cause.isPresent() && UserException.in(e).isEmpty()) {
        throw cause.get();
      }
      throw e;
    }
  }

  // The columns that divide the files into directories are no cells.
  private Dataset<Row> texts(Dataset<Row> rows, Set<String> partitionBy) {
    return rows.select(
        Arrays.stream(rows.schema().fields())
            .map(
                field ->
                    this == SPREADSHEET && !partitionBy.contains(field.name())
                        ? withoutFormula(field)
                        : text(field).as(field.name()))
            .toArray(Column[]::new));
  }

  private static Column text(StructField field) {
    Column column = functions.col("`" + field.name().replace("`", "``") + "`");
    DataType type = field.dataType();
    if (type instanceof ArrayType array && isNumber(array.elementType())) {
      return functions.concat_ws(" ", column.cast(DataTypes.createArrayType(DataTypes.StringType)));
    }
    if (isNested(type)) {
      return functions.to_json(column); // a text may contain a blank
    }
    if (type instanceof UserDefinedType) {
      return column.cast(DataTypes.StringType); // such as a vector of Spark ML
    }
    return type instanceof BinaryType ? functions.base64(column) : column;
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  private static boolean isNested(DataType type) {
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
  }

  private static Column withoutFormula(StructField field) {
    Column text = text(field);
    boolean isText = field.dataType() instanceof StringType || isNested(field.dataType());
    Column cell =
        isText
            ? functions
                .when(
                    text.rlike(FORMULA).and(functions.not(text.rlike(NUMBERS))),
                    functions.concat(functions.lit("'"), text))
                .otherwise(text)
            : text;
    String name = field.name();
    return cell.as(Pattern.compile(FORMULA).matcher(name).find() ? "'" + name : name);
  }

  /** Reads what was written to a directory; all values of CSV files are texts. */
  public Dataset<Row> read(SparkSession spark, Path directory) {
    String path = HadoopPaths.literal(directory);
    return this == PARQUET ? spark.read().parquet(path) : spark.read().options(OPTIONS).csv(path);
  }

  /**
   * Returns the innermost IOException, whose message is short: the messages of Parquet's wrappers
   * contain the whole schema. Returns empty if there is none.
   */
  private static Optional<IOException> rootIOException(Throwable failure) {
    Optional<IOException> innermost = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException found) {
        innermost = Optional.of(found);
      }
    }
    return innermost;
  }
}
