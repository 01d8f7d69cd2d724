package io.meanfield.data.parquet;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.FileIdentity;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.InputRows;
import io.meanfield.data.PassedColumns;
import io.meanfield.data.ReadContext;
import io.meanfield.data.RowBlock;
import io.meanfield.data.SkippedRows;
import io.meanfield.data.SkippedRowsAccumulator;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Opens the rows of Parquet files for a job that scores each row by itself, in the pieces in which
 * Spark reads the files; driver only. Copied columns keep their types.
 */
final class ParquetRows {
  private final ColumnRoles roles;
  private final ReadContext context;
  private final Dataset<Row> frame;
  private final String display;

  private ParquetRows(ColumnRoles roles, ReadContext context, Dataset<Row> frame, String display) {
    this.roles = roles;
    this.context = context;
    this.frame = frame;
    this.display = display;
  }

  /**
   * Reads the schema of the files and counts the rows of each.
   *
   * @param locations the paths of files, directories or globs
   * @throws io.meanfield.error.UserException if a column is missing or has a wrong type
   */
  static InputRows open(
      List<String> locations, ColumnRoles roles, ReadContext context, PassedColumns passed) {
    Dataset<Row> frame = ParquetFiles.frame(locations, context.spark());
    return new ParquetRows(roles, context, frame, String.join(", ", locations)).open(passed);
  }

  private InputRows open(PassedColumns passed) {
    List<String> all = List.of(frame.columns());
    TableSchema schema = TableSchema.ofInputs(roles, all, context, display);
    List<String> names = passed.among(all);
    TableSchema.requirePassed(names, all, display);
    TableEncoder encoder =
        context.encoder().orElseGet(() -> TableEncoder.ofNumbers(schema.features()));
    TableRules rules = TableRules.of(encoder);
    FileStarts starts = FileStarts.of(frame, display);
    ParquetColumns columns =
        ParquetColumns.of(schema, rules, frame.schema(), ArrayLengths.of(frame), display);
    ParquetExampleReader reader =
        ParquetExampleReader.of(
            new ParquetValues(columns, rules, display),
            encoder,
            new ParquetIds(columns, new IdAssigner.Positional(), starts.byFile()),
            context.classes());
    List<SkippedRowsAccumulator> skipped = context.skippedRows();
    return new InputRows(
        new InputRows.Inputs(reader.width(), schema.targetKind(), Optional.of(encoder), display),
        fields(schema, names),
        blocks(columns, names, new ParquetRowReader(reader, columns.width(), skipped)),
        identity(),
        () -> SkippedRows.of(skipped));
  }

  private StructType fields(TableSchema schema, List<String> names) {
    List<StructField> fields = new ArrayList<>();
    fields.add(
        schema.id().stream()
            .map(id -> frame.schema().apply(id).dataType())
            .findFirst()
            .map(type -> DataTypes.createStructField(InputRows.ID, type, true))
            .orElseGet(() -> DataTypes.createStructField(InputRows.ID, DataTypes.LongType, false)));
    names.forEach(name -> fields.add(frame.schema().apply(name)));
    return new StructType(fields.toArray(StructField[]::new));
  }

  private JavaRDD<RowBlock> blocks(
      ParquetColumns columns, List<String> names, ParquetRowReader reader) {
    List<Column> selected = new ArrayList<>(List.of(columns.selected(frame)));
    List<String> copied = new ArrayList<>(columns.schema().id());
    copied.addAll(names);
    copied.forEach(name -> selected.add(ColumnNames.named(name)));
    return frame.select(renamed(selected)).javaRDD().mapPartitions(reader::read);
  }

  // Different names, because a column may be a feature and copied.
  private static Column[] renamed(List<Column> columns) {
    Column[] renamed = new Column[columns.size()];
    Arrays.setAll(renamed, i -> columns.get(i).as("c" + i));
    return renamed;
  }

  private Map<String, Object> identity() {
    List<String> paths =
        Arrays.stream(frame.inputFiles())
            .sorted()
            .map(file -> new Path(URI.create(file)).toString())
            .toList();
    return FileIdentity.summary(FileIdentity.of(context.spark(), paths));
  }
}
