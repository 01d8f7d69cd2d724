package io.meanfield.pipeline.start;

import java.util.Optional;
import java.util.stream.Stream;

/** Makes the statistics of columns. */
final class Columns {
  private Columns() {}

  /** Returns a column without missing values that has the forms of these texts. */
  static ColumnStatistics of(String name, long rows, long distinct, String... texts) {
    ValueForms forms =
        new ValueForms(Stream.of(texts).mapToLong(ValueForms::of).reduce(-1, (a, b) -> a & b));
    return new ColumnStatistics(
        name,
        Optional.empty(),
        rows,
        rows,
        distinct,
        forms.isNumber() ? rows : 0,
        forms,
        new ColumnStatistics.Extent(1, rows, 1, false));
  }

  static ColumnStatistics withPresent(ColumnStatistics column, long present, long numbers) {
    return new ColumnStatistics(
        column.name(),
        column.compound(),
        column.rows(),
        present,
        column.distinct(),
        numbers,
        column.forms(),
        column.extent());
  }

  static ColumnStatistics withExtent(
      ColumnStatistics column, double least, double largest, double words) {
    return new ColumnStatistics(
        column.name(),
        column.compound(),
        column.rows(),
        column.present(),
        column.distinct(),
        column.numbers(),
        column.forms(),
        new ColumnStatistics.Extent(least, largest, words, false));
  }
}
