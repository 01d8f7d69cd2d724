package io.meanfield.fuzz;

import io.meanfield.data.ColumnRoles.HandleUnknown;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Preprocessing;
import io.meanfield.data.column.Scaling;
import io.meanfield.data.column.ValueType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small table with a column of each kind. */
final class Tables {
  static final int ROWS = 24;
  static final String COLUMNS = columns("size, large, since");
  // In JSON a date is a string, which Spark does not turn into a date by itself.
  static final String COLUMNS_OF_JSON = columns("size, large");

  private Tables() {}

  private static String columns(String features) {
    return "columns { id = id, label = kind, categorical = [color], features = ["
        + features
        + "] }";
  }

  static String csv(int first) {
    return IntStream.range(first, first + ROWS)
        .mapToObj(Tables::csvRow)
        .collect(Collectors.joining("\n", "id,size,large,since,color,kind\n", "\n"));
  }

  private static String csvRow(int i) {
    return String.join(
        ",",
        Integer.toString(i),
        i % 11 == 3 ? "" : Double.toString(i * 7 % 24 / 8.0),
        Boolean.toString(i % 5 < 2),
        since(i),
        '"' + color(i) + '"',
        kind(i));
  }

  static String json(int first) {
    return IntStream.range(first, first + ROWS)
        .mapToObj(Tables::jsonRow)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String jsonRow(int i) {
    return String.format(
        java.util.Locale.ROOT,
        "{\"id\": %d, \"size\": %.3f, \"large\": %b, \"since\": \"%s\", \"color\": \"%s\", \"kind\": \"%s\"}",
        i,
        i * 7 % 24 / 8.0,
        i % 5 < 2,
        since(i),
        color(i),
        kind(i));
  }

  private static String since(int i) {
    return String.format("2024-%02d-%02d", 1 + i % 12, 1 + i);
  }

  static String color(int i) {
    return List.of("red", "green", "blue").get(i % 3);
  }

  static String kind(int i) {
    return i / 3 % 2 == 0 ? "rose" : "iris";
  }

  /** Returns an encoder with every kind of column. */
  static TableEncoder encoder() {
    return new TableEncoder(
        List.of("size", "large", "since"),
        List.of(Vocabulary.of("color", Set.of("red", "green", "blue"))),
        HandleUnknown.EXTRA_COLUMN,
        List.of(Vocabulary.of("kind", List.of("iris", "rose"))),
        Preprocessing.of(
            List.of(
                new FeatureColumn.Numeric(
                    "size", ValueType.NUMBER, true, new Scaling(0.5, 2), List.of(3.25), true),
                new FeatureColumn.Plain("large"),
                new FeatureColumn.Time(
                    "since",
                    ValueType.DATE,
                    10_957,
                    List.of(DatePart.DAY_OF_WEEK),
                    List.of(DatePart.DAY_OF_YEAR),
                    new Scaling(9_000, 365),
                    List.of(),
                    false))));
  }
}
