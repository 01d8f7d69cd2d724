package io.meanfield.data.frame;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The groups of a test table that the table of the training has, too; driver only.
 *
 * @param shared the number of groups of both tables
 * @param all the number of groups of the test table
 */
public record SharedGroups(long shared, long all) {
  private static final String GROUP = "g";

  /**
   * Counts the groups. Reads one column of both tables.
   *
   * @return empty if the examples are no tables, or the tables do not have the column
   */
  public static Optional<SharedGroups> of(
      Source training, Source test, String column, ReadContext context) {
    List<Table> tables =
        List.of(training, test).stream()
            .filter(TableSource.class::isInstance)
            .map(source -> ((TableSource) source).table(context))
            .filter(table -> table.columns().contains(column))
            .toList();
    return tables.size() < 2
        ? Optional.empty()
        : Optional.of(of(groups(tables.get(0), column), groups(tables.get(1), column)));
  }

  private static SharedGroups of(Dataset<Row> training, Dataset<Row> test) {
    Dataset<Row> groups = test.cache();
    try {
      return new SharedGroups(groups.intersect(training).count(), groups.count());
    } finally {
      groups.unpersist();
    }
  }

  private static Dataset<Row> groups(Table table, String column) {
    Column group =
        ColumnTypes.category(column, table.frame().schema().apply(column).dataType())
            .cast("string");
    return table
        .frame()
        .select(functions.trim(group).as(GROUP))
        .where(ColumnNames.named(GROUP).notEqual(""))
        .distinct();
  }
}
