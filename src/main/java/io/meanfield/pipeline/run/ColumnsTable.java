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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** What the columns of a table are for, as lines for a person and as a table of the run. */
public final class ColumnsTable {
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
                    encoder.texts().contains(column.column())
                        ? ColumnUse.text(column.column(), knownWords(column.values().size()))
                        : use(
                            column.column(),
                            Role.CATEGORY,
                            ValueType.FLOAT,
                            known(column.values().size())));
    write(run, Stream.concat(numbers, categories).toList());
  }

  private static String known(int values) {
    return values == 1 ? "1 known value" : values + " known values";
  }

  private static String knownWords(int words) {
    return words == 1 ? "1 known word" : words + " known words";
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
    List<ColumnUse> shown = ColumnUse.shown(columns);
    return Arrays.stream(Role.values())
        .filter(role -> shown.stream().anyMatch(use -> use.role() == role))
        .map(
            role ->
                "columns  " + words(role) + ": " + names(role, shown) + more(role, columns, shown))
        .toList();
  }

  private static String words(Role role) {
    return switch (role) {
      case NUMBER -> "numbers";
      case TIME -> "dates";
      case CATEGORY -> "categories";
      case TEXT -> "texts";
      case LEFT_OUT -> "left out";
    };
  }

  private static String names(Role role, List<ColumnUse> shown) {
    return shown.stream()
        .filter(use -> use.role() == role)
        .map(
            use ->
                role == Role.LEFT_OUT
                    ? "%s (%s)".formatted(Printable.text(use.column()), use.reason())
                    : Printable.text(use.column()))
        .collect(Collectors.joining(", "));
  }

  private static String more(Role role, List<ColumnUse> columns, List<ColumnUse> shown) {
    long more = count(role, columns) - count(role, shown);
    return more == 0 ? "" : " and %d more".formatted(more);
  }

  private static long count(Role role, List<ColumnUse> uses) {
    return uses.stream().filter(use -> use.role() == role).count();
  }
}
