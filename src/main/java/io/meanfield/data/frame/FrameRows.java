package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.encoding.SkippedRows;
import io.meanfield.data.encoding.SkippedRowsAccumulator;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.PassedColumns;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Opens the rows of a table for a job that scores each row by itself, in the pieces in which Spark
 * reads them; driver only. Copied columns keep their types.
 */
final class FrameRows {
  private final Table table;
  private final TableSchema schema;
  private final List<String> passed;
  private final ReadContext context;

  private FrameRows(Table table, TableSchema schema, List<String> passed, ReadContext context) {
    this.table = table;
    this.schema = schema;
    this.passed = passed;
    this.context = context;
  }

  /**
   * Reads the schema of a table.
   *
   * @throws io.meanfield.error.UserException if a column is missing or has a wrong type
   */
  static InputRows open(Table table, ColumnRoles roles, ReadContext context, PassedColumns passed) {
    List<String> all = table.columns();
    TableSchema schema = TableSchema.ofInputs(roles, all, context, table.display());
    List<String> names = passed.among(all);
    TableSchema.requirePassed("--columns", names, all, table.display());
    return new FrameRows(table, schema, names, context).open();
  }

  private InputRows open() {
    TableEncoder encoder =
        context.encoder().orElseGet(() -> TableEncoder.ofNumbers(schema.features()));
    FrameColumns columns =
        FrameColumns.of(schema, encoder.columns(), table, ColumnTypes.lengthsIn(table.frame()));
    RowValues values = new RowValues(columns, encoder, RowValues.Place.of(table), false, List.of());
    RowReader reader = RowReader.of(values, encoder, context.classes());
    RowCheck check = new RowCheck(values, true, false, context.classes());
    List<Column> selected = FrameColumns.selected(schema, table);
    Dataset<Row> frame = table.select(selected, copied());
    ColumnKind[] kinds = Arrays.copyOf(ColumnKind.of(frame.schema()), selected.size());
    List<SkippedRowsAccumulator> skipped = context.skippedRows();
    BlockReader blocks = new BlockReader(reader, check, kinds, frame.schema(), skipped);
    return new InputRows(
        new InputRows.Inputs(
            reader.width(), schema.targetKind(), Optional.of(encoder), table.display()),
        fields(),
        Table.rows(frame).mapPartitions(blocks::read),
        identity(),
        () -> SkippedRows.of(skipped),
        () -> {});
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

  private List<Column> copied() {
    List<Column> copied = new ArrayList<>();
    copied.add(
        schema.id().stream()
            .findFirst()
            .map(ColumnNames::named)
            .orElseGet(() -> table.contentHash()));
    passed.forEach(name -> copied.add(ColumnNames.named(name)));
    return copied;
  }

  private Map<String, Object> identity() {
    return DataFiles.identity(
        context.spark().hadoopConfiguration(),
        Arrays.stream(table.frame().inputFiles())
            .sorted()
            .map(file -> new Path(URI.create(file)))
            .toList());
  }

  /**
   * Reads rows with values that are copied in blocks; travels to executors.
   *
   * @param kinds of the columns that are read; those after them are copied
   * @param skipped receives the rows that cannot be used; empty if they are an error
   */
  @DefaultSerializer(JavaSerializer.class)
  private record BlockReader(
      RowReader reader,
      RowCheck check,
      ColumnKind[] kinds,
      StructType schema,
      List<SkippedRowsAccumulator> skipped)
      implements Serializable {

    /** Returns the rows in blocks, in the order of the iterator. */
    Iterator<InputRows.RowBlock> read(Iterator<InternalRow> rows) {
      int size = Math.min(InputRows.RowBlock.ROWS, reader.blockSize());
      return IntStream.iterate(0, any -> rows.hasNext(), any -> any)
          .mapToObj(any -> block(rows, size))
          .iterator();
    }

    private InputRows.RowBlock block(Iterator<InternalRow> rows, int size) {
      List<InternalRow> all = new ArrayList<>(size);
      while (all.size() < size && rows.hasNext()) {
        all.add(rows.next().copy());
      }
      RowPart read = RowPart.of(all, kinds);
      List<InternalRow> usable = usable(all, read);
      RowPart part = usable.size() == all.size() ? read : RowPart.of(usable, kinds);
      return new InputRows.RowBlock(
          reader.block(part, 0, new long[usable.size()]),
          usable.stream().map(this::copied).toList(),
          row -> reader.categories(part, row));
    }

    private List<InternalRow> usable(List<InternalRow> rows, RowPart part) {
      IntFunction<Optional<SkippedRow>> problems = check.problems(part);
      List<InternalRow> usable = new ArrayList<>(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        Optional<SkippedRow> problem = problems.apply(i);
        if (problem.isEmpty()) {
          usable.add(rows.get(i));
        } else if (skipped.isEmpty()) {
          throw new UserException(ErrorCode.DATA_UNREADABLE, problem.get().text());
        } else {
          skipped.get(0).add(problem.get());
        }
      }
      return usable;
    }

    private Object[] copied(InternalRow row) {
      Object[] values = new Object[schema.size() - kinds.length];
      for (int i = 0; i < values.length; i++) {
        int column = kinds.length + i;
        values[i] = row.get(column, schema.apply(column).dataType());
      }
      return values;
    }
  }
}
