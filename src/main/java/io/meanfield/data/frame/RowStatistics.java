package io.meanfield.data.frame;

import io.meanfield.data.table.TableRow;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.util.function.LongPredicate;

/** A row for statistics. */
record RowStatistics(RowValues values, Cells row) implements TableRow {
  /**
   * Adds the training rows of a partition to statistics.
   *
   * @param first the number of the first row
   */
  static TableStatistics of(
      RowValues values,
      RowCursor rows,
      long first,
      TableStatistics statistics,
      TrainingRows training) {
    LongPredicate isTraining = training.ids();
    RowStatistics row = new RowStatistics(values, rows.row());
    for (long number = first; rows.advance(); number++) {
      if (isTraining.test(number)) {
        statistics.add(row);
      }
    }
    return statistics;
  }

  @Override
  public double feature(int i) {
    return values.feature(row, i);
  }

  @Override
  public String category(int i) {
    return values.category(row, i);
  }
}
