package io.meanfield.data.csv;

import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the columns of a schema in the records of one file, and checks their values. */
final class CsvColumns {
  private final List<String> header;
  private final CsvParser records;
  private final int[] ids;
  private final int[] features;
  private final int[] categorical;
  private final int[] labels;
  private final int[] targets;
  private final int[] read;

  CsvColumns(TableSchema schema, List<String> header, CsvParser records, String display) {
    schema.requireColumns(header, display);
    this.header = header;
    this.records = records;
    this.ids = indexesOf(schema.id());
    this.features = indexesOf(schema.features());
    this.categorical = indexesOf(schema.categorical());
    this.labels = indexesOf(schema.label());
    this.targets = indexesOf(schema.targets());
    this.read =
        Stream.of(ids, features, categorical, labels, targets)
            .flatMapToInt(IntStream::of)
            .toArray();
  }

  private int[] indexesOf(List<String> columns) {
    return columns.stream().mapToInt(header::indexOf).toArray();
  }

  /** Throws unless the record has as many fields as the header. */
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

  float feature(int i) {
    return number(features[i]);
  }

  String categorical(int i) {
    return text(categorical[i], "a category");
  }

  String label() {
    return text(labels[0], "a label");
  }

  float target(int i) {
    return number(targets[i]);
  }

  /**
   * Returns the columns without a value; none unless the record has as many fields as the header.
   */
  List<String> empty() {
    return records.fields().size() == header.size()
        ? IntStream.of(read)
            .filter(i -> records.fields().get(i).isBlank())
            .mapToObj(header::get)
            .toList()
        : List.of();
  }

  private String text(int column, String expected) {
    String text = records.fields().get(column).strip();
    if (text.isEmpty()) {
      throw invalidField(column, expected);
    }
    return text;
  }

  private float number(int column) {
    String text = records.fields().get(column).strip();
    try {
      float number = endsLikeNumber(text) ? Float.parseFloat(text) : Float.NaN;
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the exception that names the field.
    }
    throw invalidField(column, "a finite number");
  }

  // Float.parseFloat also accepts suffixes, as in 1f and 2d.
  private static boolean endsLikeNumber(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char last = text.charAt(text.length() - 1);
    return (last >= '0' && last <= '9') || last == '.';
  }

  private UserException invalidField(int column, String expected) {
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
