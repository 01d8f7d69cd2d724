package io.meanfield.pipeline.page;

import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.store.StoredRow;
import io.meanfield.store.StoredTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has recorded: its manifest, its status and its tables, which are read when they are
 * asked for.
 */
record RunRecord(RunDirectory directory, Manifest manifest, Status status) {

  /** Returns the rows of a table; none if the run has no such table. */
  List<StoredRow> table(String name) {
    return StoredTable.rows(directory, name);
  }

  String command() {
    return manifest.string("command").orElse("unknown");
  }

  /** Returns the names of the classes by number; a class without one is missing. */
  ClassNames classNames() {
    Map<Integer, String> names = new TreeMap<>();
    for (StoredRow row : table("classes")) {
      row.text("name").ifPresent(name -> names.put(integer(row, "class"), name));
    }
    return new ClassNames(names);
  }

  /** Returns the epochs that trained the whole network, in order. */
  List<StoredRow> epochs() {
    return table("epochs").stream()
        .filter(row -> row.number("pretrained_layer").isEmpty())
        .sorted(Comparator.comparingInt(row -> integer(row, "epoch")))
        .toList();
  }

  /** Returns the value of a column as a whole number; 0 if it is null. */
  static int integer(StoredRow row, String column) {
    return (int) number(row, column, 0);
  }

  /** Returns the value of a column; {@code otherwise} if it is null. */
  static double number(StoredRow row, String column, double otherwise) {
    return row.number(column).orElse(otherwise);
  }

  /** Returns the values of a column, NaN for null. */
  static double[] numbers(List<StoredRow> rows, String column) {
    return rows.stream().mapToDouble(row -> number(row, column, Double.NaN)).toArray();
  }

  /** Returns whether a column has a value in at least one row. */
  static boolean has(List<StoredRow> rows, String column) {
    return rows.stream().anyMatch(row -> row.number(column).isPresent());
  }
}
