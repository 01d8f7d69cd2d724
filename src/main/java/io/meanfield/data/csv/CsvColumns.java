package io.meanfield.data.csv;

import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;

/** Finds the columns of a schema in the records of one file, and checks their values. */
final class CsvColumns {
  private final List<String> header;
  private final CsvParser records;
  private final int[] ids;
  private final int[] features;
  private final int[] categorical;
  private final int[] labels;
  private final int[] targets;

  CsvColumns(TableSchema schema, List<String> header, CsvParser records, String display) {
    schema.requireColumns(header, display);
    this.header = header;
    this.records = records;
    this.ids = places(schema.id());
    this.features = places(schema.features());
    this.categorical = places(schema.categorical());
    this.labels = places(schema.label());
    this.targets = places(schema.targets());
  }

  private int[] places(List<String> columns) {
    return columns.stream().mapToInt(header::indexOf).toArray();
  }

  /** Throws unless the record has a field for each column. */
  void requireArity() {
    if (records.fields().size() != header.size()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          records.where()
              + " has "
              + records.fields().size()
              + " fields, expected "
              + header.size()
              + " as in the header");
    }
  }

  String where() {
    return records.where();
  }

  String id() {
    return text(ids[0], "an id");
  }

  float feature(int place) {
    return number(features[place]);
  }

  String categorical(int place) {
    return text(categorical[place], "a category");
  }

  String label() {
    return text(labels[0], "a label");
  }

  float target(int place) {
    return number(targets[place]);
  }

  private String text(int column, String expected) {
    String text = records.fields().get(column).strip();
    if (text.isEmpty()) {
      throw wrong(column, expected);
    }
    return text;
  }

  private float number(int column) {
    String text = records.fields().get(column).strip();
    try {
      float number = endsInADigit(text) ? Float.parseFloat(text) : Float.NaN;
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The exception below names the place.
    }
    throw wrong(column, "a finite number");
  }

  // Java also takes 1f and 2d for numbers.
  private static boolean endsInADigit(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    return (last >= '0' && last <= '9') || last == '.';
  }

  private UserException wrong(int column, String expected) {
    String found = records.fields().get(column);
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        records.where()
            + ": column "
            + header.get(column)
            + (found.isBlank() ? " is empty" : " is \"" + found + "\"")
            + ", expected "
            + expected);
  }
}
