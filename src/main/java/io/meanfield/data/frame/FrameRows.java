package io.meanfield.data.frame;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.SkippedRows;
import io.meanfield.data.SkippedRowsAccumulator;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.PassedColumns;
import io.meanfield.data.source.ReadContext;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Opens the rows of a table for a job that scores each row by itself, in the pieces in which Spark
 * reads them; driver only. Copied columns keep their types.
 */
record FrameRows(Table table, TableSchema schema, List<String> passed, ReadContext context) {
  /**
   * Reads the schema of a table.
   *
   * @throws io.meanfield.error.UserException if a column is missing or has a wrong type
   */
  static InputRows open(Table table, ColumnRoles roles, ReadContext context, PassedColumns passed) {
    List<String> all = table.columns();
    TableSchema schema = TableSchema.ofInputs(roles, all, context, table.display());
    List<String> names = passed.among(all);
    TableSchema.requirePassed(names, all, table.display());
    return new FrameRows(table, schema, names, context).open(roles);
  }

  private InputRows open(ColumnRoles roles) {
    TableEncoder encoder =
        context.encoder().orElseGet(() -> TableEncoder.ofNumbers(schema.features()));
    FrameColumns columns =
        FrameColumns.of(schema, encoder.columns(), table, ArrayLengths.of(table.frame(), false));
    RowValues values =
        new RowValues(
            columns, encoder, RowValues.Place.of(table, roles.preprocessing().dates().format()));
    RowReader reader = RowReader.of(values, encoder, context.classes());
    RowCheck check = new RowCheck(values, true, false, context.classes());
    List<Column> selected = columns.selected(table, roles.preprocessing().dates().format());
    List<SkippedRowsAccumulator> skipped = context.skippedRows();
    return new InputRows(
        new InputRows.Inputs(
            reader.width(), schema.targetKind(), Optional.of(encoder), table.display()),
        fields(),
        blocks(selected, new RowBlockReader(reader, check, selected.size(), skipped)),
        identity(),
        () -> SkippedRows.of(skipped));
  }

  private StructType fields() {
    List<StructField> fields = new ArrayList<>();
    fields.add(
        schema.id().stream()
            .map(id -> table.frame().schema().apply(id).dataType())
            .findFirst()
            .map(type -> DataTypes.createStructField(InputRows.ID, type, true))
            .orElseGet(() -> DataTypes.createStructField(InputRows.ID, DataTypes.LongType, false)));
    passed.forEach(name -> fields.add(table.frame().schema().apply(name)));
    return new StructType(fields.toArray(StructField[]::new));
  }

  private JavaRDD<InputRows.RowBlock> blocks(List<Column> selected, RowBlockReader reader) {
    List<Column> copied = new ArrayList<>();
    copied.add(
        schema.id().stream()
            .findFirst()
            .map(ColumnNames::named)
            .orElseGet(() -> RowOrder.contentHash(table.frame())));
    passed.forEach(name -> copied.add(ColumnNames.named(name)));
    return table
        .frame()
        .select(RowOrder.numbered(selected, copied))
        .javaRDD()
        .mapPartitions(reader::read);
  }

  private Map<String, Object> identity() {
    return DataFiles.identity(
        context.spark().hadoopConfiguration(),
        Arrays.stream(table.frame().inputFiles())
            .sorted()
            .map(file -> new Path(URI.create(file)))
            .toList());
  }
}
