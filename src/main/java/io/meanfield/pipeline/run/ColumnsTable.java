package io.meanfield.pipeline.run;

import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.Printable;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import io.meanfield.store.table.StoredRow;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** What the columns of a table are for, as lines for a person and as a table of the run. */
public final class ColumnsTable {
  private static final int MOST_SHOWN = 40;
  private static final RowTable<ColumnUse> TABLE =
      RowTable.<ColumnUse>named("columns")
          .column("column", DataTypes.StringType, ColumnUse::column)
          .column("role", DataTypes.StringType, use -> use.role().toString())
          .column("reason", DataTypes.StringType, ColumnUse::reason)
          .column("wrong", DataTypes.LongType, ColumnUse::wrong);

  private ColumnsTable() {}

  /** Writes the table, unless a model's encoder told the uses. */
  public static void write(RunDirectory run, List<ColumnUse> columns) {
    if (!columns.isEmpty()) {
      TABLE.write(run, columns);
    }
  }

  /** Writes the table of the columns that a model's encoder reads. */
  public static void write(RunDirectory run, TableEncoder encoder) {
    Stream<ColumnUse> numbers =
        encoder.columns().stream()
            .map(column -> use(column.column(), numeric(column), column.type(), values(column)));
    Stream<ColumnUse> categories =
        encoder.categorical().stream()
            .map(
                column ->
                    use(
                        column.column(),
                        Role.CATEGORY,
                        ValueType.FLOAT,
                        known(column.values().size())));
    write(run, Stream.concat(numbers, categories).toList());
  }

  private static String known(int values) {
    return values == 1 ? "1 known value" : values + " known values";
  }

  private static Role numeric(FeatureColumn column) {
    return column.type().isTime() ? Role.TIME : Role.NUMBER;
  }

  private static String values(FeatureColumn column) {
    return switch (column.type()) {
      case FLOAT, NUMBER -> "numbers";
      case BOOLEAN -> "true or false";
      default -> "dates";
    };
  }

  private static ColumnUse use(String column, Role role, ValueType type, String reason) {
    return new ColumnUse(column, role, type, TextForm.PLAIN, 0, reason, "");
  }

  /** Returns the table without {@code run_id}. */
  public static Dataset<Row> frame(SparkSession spark, List<ColumnUse> columns) {
    return TABLE.frame(spark, columns);
  }

  /** As {@link #frame}, for a page. */
  public static List<StoredRow> stored(List<ColumnUse> columns) {
    return TABLE.stored(columns);
  }

  /** Returns a line for each role, with the reason of each column that is left out. */
  public static List<String> lines(List<ColumnUse> columns) {
    return Arrays.stream(Role.values())
        .filter(role -> columns.stream().anyMatch(use -> use.role() == role))
        .map(role -> "columns  " + line(role, columns))
        .toList();
  }

  private static String line(Role role, List<ColumnUse> columns) {
    List<ColumnUse> uses = columns.stream().filter(use -> use.role() == role).toList();
    return switch (role) {
      case NUMBER -> "numbers: " + list(uses, use -> Printable.text(use.column()));
      case TIME -> "dates: " + list(uses, use -> Printable.text(use.column()));
      case CATEGORY -> "categories: " + list(uses, use -> Printable.text(use.column()));
      case LEFT_OUT ->
          "left out: %s"
              .formatted(
                  list(
                      uses,
                      use -> "%s (%s)".formatted(Printable.text(use.column()), use.reason())));
    };
  }

  private static String list(List<ColumnUse> uses, Function<ColumnUse, String> shown) {
    List<String> first = uses.stream().limit(MOST_SHOWN).map(shown).toList();
    String more =
        uses.size() > MOST_SHOWN ? " and %d more".formatted(uses.size() - MOST_SHOWN) : "";
    return String.join(", ", first) + more;
  }
}
