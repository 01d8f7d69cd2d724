package io.meanfield.data.source;

import java.util.List;

/**
 * The columns of a table that a scoring job copies to its output.
 *
 * @param all whether all columns of the table are copied; {@code names} is empty then
 */
public record PassedColumns(List<String> names, boolean all) {
  /** No column is copied. */
  public static final PassedColumns NONE = new PassedColumns(List.of(), false);

  private static final String ALL = "*";

  public PassedColumns {
    names = List.copyOf(names);
  }

  /** Returns the named columns, or all columns if the only name is {@code *}. */
  public static PassedColumns of(List<String> names) {
    return names.equals(List.of(ALL)) ? new PassedColumns(List.of(), true) : named(names);
  }

  private static PassedColumns named(List<String> names) {
    return new PassedColumns(names.stream().distinct().toList(), false);
  }

  /** Returns whether no column is copied. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Returns the names of the copied columns among those of a table. */
  public List<String> among(List<String> columns) {
    return all ? List.copyOf(columns) : names;
  }
}
