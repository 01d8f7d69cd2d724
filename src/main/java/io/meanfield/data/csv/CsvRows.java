package io.meanfield.data.csv;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.DataFiles;
import io.meanfield.data.FileIdentity;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.InputRows;
import io.meanfield.data.PassedColumns;
import io.meanfield.data.ReadContext;
import io.meanfield.data.RowBlock;
import io.meanfield.data.SkippedRows;
import io.meanfield.data.SkippedRowsAccumulator;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Opens the rows of CSV files for a job that scores each row by itself; driver only. Values are
 * read as {@link CsvReader} reads them. Copied columns are strings with the text of the file; an
 * empty field is null.
 */
final class CsvRows {
  private final List<String> locations;
  private final ColumnRoles roles;
  private final ReadContext context;
  private final Broadcast<SerializableConfiguration> hadoop;

  private CsvRows(List<String> locations, ColumnRoles roles, ReadContext context) {
    this.locations = locations;
    this.roles = roles;
    this.context = context;
    this.hadoop =
        context
            .spark()
            .broadcast(new SerializableConfiguration(context.spark().hadoopConfiguration()));
  }

  /**
   * Reads the header and counts the lines of every file.
   *
   * @param locations the paths of files, directories or globs
   * @throws UserException if a column is missing
   */
  static InputRows open(
      List<String> locations,
      ColumnRoles roles,
      char delimiter,
      ReadContext context,
      PassedColumns passed) {
    List<FileIdentity> found =
        DataFiles.findAll(context.spark().hadoopConfiguration(), locations).stream()
            .map(FileIdentity::of)
            .toList();
    return new CsvRows(locations, roles, context).open(found, delimiter, passed);
  }

  private InputRows open(List<FileIdentity> found, char delimiter, PassedColumns passed) {
    List<CsvFile> files = found.stream().map(file -> new CsvFile(file.path(), delimiter)).toList();
    CsvFile first = files.get(0);
    List<String> header = first.header(context.spark().hadoopConfiguration());
    TableSchema schema = TableSchema.ofInputs(roles, header, context, first.display());
    List<String> names = passed.among(header);
    TableSchema.requirePassed(names, header, first.display());
    TableEncoder encoder =
        context.encoder().orElseGet(() -> TableEncoder.ofNumbers(schema.features()));
    String display = files.size() == 1 ? first.display() : String.join(", ", locations);
    CsvExampleReader examples =
        CsvExampleReader.of(schema, encoder, new IdAssigner.Positional(), context.classes());
    List<Long> lengths = found.stream().map(FileIdentity::length).toList();
    List<CsvPiece> pieces = pieces(files, lengths);
    int tasks = CsvPieces.tasks(pieces.size(), sum(lengths), context.spark().defaultParallelism());
    List<SkippedRowsAccumulator> skipped = context.skippedRows();
    return new InputRows(
        new InputRows.Inputs(encoder.inputs(), schema.targetKind(), Optional.of(encoder), display),
        columns(schema, names),
        blocks(pieces, new CsvRowReader(examples, names, skipped), tasks),
        FileIdentity.summary(found),
        () -> SkippedRows.of(skipped));
  }

  private static StructType columns(TableSchema schema, List<String> names) {
    List<StructField> fields = new ArrayList<>();
    DataType id = schema.id().isEmpty() ? DataTypes.LongType : DataTypes.StringType;
    fields.add(DataTypes.createStructField(InputRows.ID, id, false));
    names.forEach(
        name -> fields.add(DataTypes.createStructField(name, DataTypes.StringType, true)));
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static long sum(List<Long> lengths) {
    return lengths.stream().mapToLong(Long::longValue).sum();
  }

  private List<CsvPiece> pieces(List<CsvFile> files, List<Long> lengths) {
    long bytes = sum(lengths);
    return new CsvPieces(passes(bytes), CsvPieces.chunkBytes(bytes)).of(files, lengths);
  }

  private CsvPieces.Passes passes(long bytes) {
    int parallelism = context.spark().defaultParallelism();
    JavaSparkContext spark = context.spark();
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return new CsvPieces.Passes() {
      @Override
      public List<CsvChunk.Lines> lines(List<CsvChunk> chunks) {
        int tasks = CsvPieces.tasks(chunks.size(), bytes, parallelism);
        return CsvRows.lines(spark, configuration, chunks, tasks);
      }

      @Override
      public List<Long> rows(List<CsvFile> files) {
        return CsvRows.rows(spark, configuration, files);
      }
    };
  }

  // Static, so that the closures capture no object of the driver.
  private static List<CsvChunk.Lines> lines(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> configuration,
      List<CsvChunk> chunks,
      int tasks) {
    return spark
        .parallelize(chunks, tasks)
        .map(chunk -> chunk.count(configuration.value().value()))
        .collect();
  }

  private static List<Long> rows(
      JavaSparkContext spark,
      Broadcast<SerializableConfiguration> configuration,
      List<CsvFile> files) {
    return spark
        .parallelize(files, files.size())
        .map(whole -> whole.rows(configuration.value().value()))
        .collect();
  }

  private JavaRDD<RowBlock> blocks(List<CsvPiece> pieces, CsvRowReader reader, int tasks) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    return context
        .spark()
        .parallelize(pieces, tasks)
        .flatMap(piece -> reader.read(piece, configuration.value().value()));
  }
}
