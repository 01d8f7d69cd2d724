package io.meanfield.data.frame;

import io.meanfield.data.Dataset;
import io.meanfield.data.Segments;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet files, read by Spark.
 *
 * @param paths the Hadoop paths of files, directories or globs
 */
public record ParquetSource(List<String> paths, ColumnRoles columns) implements TableFiles {
  // Of Spark's ParquetToSparkSchemaConverter.
  private static final Pattern UNKNOWN_TYPE = Pattern.compile("Illegal Parquet type: ([^.]+)");

  /** Reads the key {@code path} and the section {@code data.columns}. */
  public static Source read(SourceSettings settings) {
    ColumnRoles columns = settings.columns();
    return settings.locatedBy(
        "path", () -> new ParquetSource(settings.part().strings("path"), columns));
  }

  @Override
  public Table table(ReadContext context) {
    String display = String.join(", ", paths);
    JavaSparkContext spark = context.spark();
    String[] files =
        paths.stream()
            .map(path -> HadoopPaths.forSpark(spark.hadoopConfiguration(), path))
            .toArray(String[]::new);
    SparkSession session = SparkSession.builder().config(spark.getConf()).getOrCreate();
    // Spark throws a checked exception that it does not declare.
    try {
      Map<String, String> options =
          PartitionFolders.options(spark.hadoopConfiguration(), context.encoder(), paths);
      return Table.ofFiles(
          reader(session).options(options).parquet(files), display, Optional.empty());
    } catch (Exception e) {
      throw UserException.in(e).orElseGet(() -> unreadable(session, display, e));
    }
  }

  // Without a schema, Spark starts a job that reads one.
  private DataFrameReader reader(SparkSession session) {
    boolean merges =
        Boolean.parseBoolean(session.conf().get("spark.sql.parquet.mergeSchema", "false"));
    return merges
        ? session.read()
        : schema(session.sparkContext().hadoopConfiguration())
            .map(session.read()::schema)
            .orElseGet(session::read);
  }

  /**
   * Returns the schema that Spark has written into the first file; empty if it has written none.
   */
  private Optional<StructType> schema(Configuration hadoop) {
    return ofFirstFile(
        hadoop,
        file ->
            Optional.ofNullable(
                    file.getKeyValueMetaData().get("org.apache.spark.sql.parquet.row.metadata"))
                .map(json -> (StructType) DataType.fromJson(json)));
  }

  private <T> Optional<T> ofFirstFile(
      Configuration hadoop, Function<FileMetaData, Optional<T>> question) {
    try {
      Path first =
          DataFiles.find(hadoop, paths).stream()
              .map(FileStatus::getPath)
              .min(Path::compareTo)
              .get();
      try (ParquetFileReader file =
          ParquetFileReader.open(HadoopInputFile.fromPath(first, hadoop))) {
        return question.apply(file.getFileMetaData());
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // Spark finds the files in directories, and says what is wrong
    }
  }

  private static UserException notFound(String display, Exception e) {
    return UserException.causedBy(
        e,
        ErrorCode.WRONG_SETTINGS,
        "%s cannot be read as Parquet: %s; set data.train.path and data.test.path",
        display,
        String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given"));
  }

  private UserException unreadable(SparkSession session, String display, Exception failure) {
    Matcher type = UNKNOWN_TYPE.matcher(UserException.reason(failure));
    if (type.find()) {
      return unknownType(session, display, type.group(1), failure);
    }
    return failure instanceof AnalysisException
        ? notFound(display, failure)
        : damaged(display, failure);
  }

  private UserException unknownType(
      SparkSession session, String display, String type, Exception failure) {
    return UserException.causedBy(
        failure,
        ErrorCode.DATA_UNREADABLE,
        "%s cannot be read: Spark %s does not know the type %s of %s; write times of day as texts,"
            + " timestamps in microseconds, and other columns of such a type as texts or not at"
            + " all",
        display,
        session.version(),
        type,
        columnsOf(type, session.sparkContext().hadoopConfiguration()));
  }

  // Spark names the type, but not the column.
  private String columnsOf(String type, Configuration hadoop) {
    return ofFirstFile(hadoop, file -> Optional.of(columnsOf(type, file.getSchema())))
        .filter(columns -> !columns.isEmpty())
        .map(columns -> "column " + String.join(", ", columns))
        .orElse("a column");
  }

  private static List<String> columnsOf(String type, MessageType schema) {
    return schema.getColumns().stream()
        .filter(column -> nameInSpark(column.getPrimitiveType()).equals(type))
        .map(column -> String.join(".", column.getPath()))
        .toList();
  }

  private static String nameInSpark(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return type.getPrimitiveTypeName() + (meaning == null ? "" : " (" + meaning + ")");
  }

  private static UserException damaged(String display, Exception failure) {
    return UserException.causedBy(
        failure,
        ErrorCode.DATA_UNREADABLE,
        "%s cannot be read: the metadata of a file are damaged (%s); restore the file, or remove it"
            + " from the data",
        display,
        UserException.reason(failure));
  }

  /**
   * Opens the data set; a column has the number of each of {@code count} rows, from 0.
   *
   * @param segments between which the rows are divided; empty if they are divided at random
   */
  public Dataset openNumbered(
      ReadContext context, String number, long count, Optional<Segments> segments) {
    return FrameReader.openNumbered(
        table(context), columns, context, Table.keyOfNumber(number, count), segments);
  }
}
