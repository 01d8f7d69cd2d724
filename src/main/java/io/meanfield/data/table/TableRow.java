package io.meanfield.data.table;

/** The current row of a table, as its encoder sees it. */
public interface TableRow {
  /** Returns the number of feature {@code i}; NaN if it is missing. */
  double feature(int i);

  /** Returns the value of categorical column {@code i}; empty if it is missing. */
  String category(int i);
}
