package io.meanfield.data.frame;

import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.ColumnRules;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.TableColumn;
import io.meanfield.data.column.TextSettings;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What one pass has seen of a table that no settings describe yet; driver only. Its columns are
 * judged by the rule by which a training judges them.
 *
 * @param columns all columns in their order
 * @param uses of the columns
 * @param rows the number of rows
 * @param malformed the number of records with other fields than the header
 */
public record TableSurvey(
    List<TableColumn> columns, List<ColumnUse> uses, long rows, long malformed) {

  /**
   * Returns the names of the columns of a table.
   *
   * @throws io.meanfield.error.UserException if two columns have the same name
   */
  public static List<String> names(TableSource source, ReadContext context) {
    Table table = source.table(context);
    TableSchema.requireUnique(table.columns(), table.display());
    return table.columns();
  }

  /**
   * Reads all rows of a table.
   *
   * @param label the column to predict, whose numbers are counted
   */
  public static TableSurvey of(TableSource source, ReadContext context, String label) {
    Table table = source.table(context);
    StructType types = table.frame().schema();
    LookedColumns looked = new LookedColumns(types, List.of());
    List<Column> selected = new ArrayList<>();
    for (String name : table.columns()) {
      looked.add(name, selected.size(), name.equals(label));
      selected.add(ColumnTypes.looked(name, types.apply(name)));
    }
    List<Integer> malformed = table.malformed().stream().map(name -> selected.size()).toList();
    Dataset<Row> frame = table.select(selected, table.places());
    FrameScan scan = scan(frame, new FrameScan.Layout(looked.facts(), List.of(), malformed));
    List<TableColumn> columns =
        table.columns().stream()
            .map(name -> looked.column(name, name.equals(label), scan))
            .toList();
    long read = columns.isEmpty() ? 0 : columns.get(0).facts().values();
    return new TableSurvey(
        columns, ColumnRules.uses(columns, TextSettings.NONE), read, scan.rows() - read);
  }

  private static FrameScan scan(Dataset<Row> frame, FrameScan.Layout layout) {
    ColumnKind[] kinds = ColumnKind.of(frame.schema());
    return Table.rows(frame)
        .mapPartitions(rows -> List.of(layout.look(rows, kinds)).iterator())
        .treeReduce(FrameScan::plus);
  }

  /** Returns what was seen of a column. */
  public ColumnFacts facts(String column) {
    return columns.stream()
        .filter(each -> each.name().equals(column))
        .findFirst()
        .orElseThrow()
        .facts();
  }

  /** Returns whether a text has bytes that its encoding does not explain. */
  public boolean hasUnreadableTexts() {
    return columns.stream().anyMatch(column -> column.facts().hasUnreadableTexts());
  }
}
