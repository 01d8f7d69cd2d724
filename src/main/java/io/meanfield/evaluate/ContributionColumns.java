package io.meanfield.evaluate;

import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.store.table.RowTable;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** The columns of a table with the contributions of the columns of a row. */
public final class ContributionColumns {
  /** The beginning of the name of the column with the contribution of a column. */
  public static final String PREFIX = "contribution_";

  /** The column with the number that base and contributions add up to. */
  public static final String SCORE = "score";

  /** The column with the mean score of the background rows. */
  public static final String BASE = "base_score";

  private ContributionColumns() {}

  /** Adds the columns to a table. */
  static <T> RowTable<T> addTo(
      RowTable<T> table, List<String> names, RowTable.Value<T, Contributions.OfRow> value) {
    RowTable<T> added =
        table
            .column(SCORE, DataTypes.DoubleType, row -> value.of(row).score())
            .column(BASE, DataTypes.DoubleType, row -> value.of(row).base());
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      added =
          added.column(
              PREFIX + names.get(i), DataTypes.DoubleType, row -> value.of(row).columns()[column]);
    }
    return added;
  }
}
