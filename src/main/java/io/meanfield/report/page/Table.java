package io.meanfield.report.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A table of text.
 *
 * @param rows the cells of each row, as many as there are columns
 */
public record Table(String caption, List<Column> columns, List<List<String>> rows)
    implements Block {
  /**
   * A column.
   *
   * @param style {@code right} for numbers, or none
   */
  public record Column(String name, String style) {}

  /** A cell. */
  record Cell(String text, String style) {}

  /** The columns of a table of which each row shows a value. */
  public static final class Columns<T> {
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<T, String>> values = new ArrayList<>();

    /** Adds a column of text. */
    public Columns<T> text(String name, Function<T, String> value) {
      return add(new Column(name, ""), value);
    }

    /** Adds a column of numbers. */
    public Columns<T> number(String name, Function<T, String> value) {
      return add(new Column(name, "right"), value);
    }

    private Columns<T> add(Column column, Function<T, String> value) {
      columns.add(column);
      values.add(value);
      return this;
    }

    /** Returns the table with a row for each value. */
    public Table of(String caption, Collection<T> rows) {
      return new Table(caption, List.copyOf(columns), rows.stream().map(this::row).toList());
    }

    private List<String> row(T row) {
      return values.stream().map(value -> value.apply(row)).toList();
    }
  }

  boolean empty() {
    return rows.isEmpty();
  }

  int width() {
    return columns.size();
  }

  List<List<Cell>> cells() {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> new Cell(row.get(i), columns.get(i).style()))
                    .toList())
        .toList();
  }
}
