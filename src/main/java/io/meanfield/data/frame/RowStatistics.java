package io.meanfield.data.frame;

import io.meanfield.data.table.TableRow;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TrainingRows;
import java.util.Iterator;
import java.util.function.LongPredicate;

/** A row for statistics. */
record RowStatistics(RowValues values, Cells row) implements TableRow {
  /**
   * The rows of a partition.
   *
   * @param first the number of the first row
   */
  record Part(RowCursor rows, long first) {}

  /** Adds the training rows of partitions to statistics. */
  static TableStatistics of(
      RowValues values, Iterator<Part> parts, TableStatistics statistics, TrainingRows training) {
    LongPredicate isTraining = training.ids();
    parts.forEachRemaining(part -> add(values, part, statistics, isTraining));
    return statistics;
  }

  private static void add(
      RowValues values, Part part, TableStatistics statistics, LongPredicate isTraining) {
    RowStatistics row = new RowStatistics(values, part.rows().row());
    for (long number = part.first(); part.rows().advance(); number++) {
      if (isTraining.test(number)) {
        statistics.add(row);
      }
    }
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
