package io.meanfield.data.frame;

import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.ColumnRules;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.LabelTwins;
import io.meanfield.data.column.TableColumn;
import io.meanfield.data.column.TextSettings;
import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param twins how columns repeat what is to be predicted, by their names
 * @param ordered the columns of times that nearly every row has and in whose order the rows lie
 */
public record TableSurvey(
    List<TableColumn> columns,
    List<ColumnUse> uses,
    long rows,
    long malformed,
    SortedMap<String, String> twins,
    List<String> ordered) {
  private static final int FEW = 20; // one in so many rows

  private static final int COMPARED_ROWS = 200;

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
   * @param labels the columns to predict, whose numbers are counted
   */
  public static TableSurvey of(TableSource source, ReadContext context, List<String> labels) {
    Table table = source.table(context).withKnownVectors(Optional.empty());
    StructType types = table.frame().schema();
    LookedColumns looked = new LookedColumns(types, List.of());
    List<Column> selected = new ArrayList<>();
    for (String name : table.columns()) {
      looked.add(name, selected.size(), labels.contains(name));
      selected.add(ColumnTypes.looked(name, types.apply(name)));
    }
    List<Integer> malformed = table.malformed().stream().map(name -> selected.size()).toList();
    Dataset<Row> frame = table.select(selected, table.places());
    FrameScan scan = scan(frame, new FrameScan.Layout(looked.facts(), List.of(), malformed));
    List<TableColumn> columns =
        table.columns().stream()
            .map(name -> looked.column(name, labels.contains(name), scan))
            .toList();
    long read = columns.isEmpty() ? 0 : columns.get(0).facts().values();
    List<ColumnUse> uses = ColumnRules.uses(columns, TextSettings.NONE);
    return new TableSurvey(
        columns,
        uses,
        read,
        scan.rows() - read,
        twins(table, uses, Set.copyOf(labels)),
        ordered(table, columns, uses, labels, scan.rows()));
  }

  private static List<String> ordered(
      Table table,
      List<TableColumn> columns,
      List<ColumnUse> uses,
      List<String> labels,
      long rows) {
    List<ColumnUse> times = new ArrayList<>();
    for (int i = 0; i < uses.size(); i++) {
      ColumnUse use = uses.get(i);
      long unusable = columns.get(i).facts().missingNumbers() + use.wrong();
      if (use.role() == Role.TIME && FEW * unusable <= rows && !labels.contains(use.column())) {
        times.add(use);
      }
    }
    return times.isEmpty() ? List.of() : TimeOrder.of(table, times, rows);
  }

  /** Compares columns with the labels in the first rows, as texts. */
  private static SortedMap<String, String> twins(
      Table table, List<ColumnUse> uses, Set<String> labels) {
    List<ColumnUse> compared =
        uses.stream()
            .filter(use -> use.role() == Role.NUMBER || use.role() == Role.CATEGORY)
            .toList();
    List<Row> rows =
        table
            .select(
                compared.stream().map(use -> ColumnNames.string(use.column())).toList(), List.of())
            .limit(COMPARED_ROWS)
            .collectAsList();
    SortedMap<String, String> twins = new TreeMap<>();
    for (int i = 0; i < compared.size(); i++) {
      if (labels.contains(compared.get(i).column())) {
        LabelTwins label = new LabelTwins(compared.get(i), texts(rows, i));
        for (int other = 0; other < compared.size(); other++) {
          String name = compared.get(other).column();
          if (!labels.contains(name)) {
            label
                .of(compared.get(other), texts(rows, other))
                .ifPresent(how -> twins.put(name, how));
          }
        }
      }
    }
    return twins;
  }

  private static List<String> texts(List<Row> rows, int column) {
    return rows.stream()
        .map(row -> row.isNullAt(column) ? "" : row.getString(column).strip())
        .toList();
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
