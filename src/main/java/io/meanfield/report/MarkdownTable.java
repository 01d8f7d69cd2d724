package io.meanfield.report;

import io.meanfield.error.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table in Markdown whose columns are aligned, so that it is readable on a terminal.
 *
 * @param titles with escapes in place of what would draw another cell, row or anything else
 * @param rows the cells of each row, as many as there are titles, with the same escapes
 */
public record MarkdownTable(List<String> titles, List<List<String>> rows) {
  private static final int NARROWEST = 8; // a column that is wrapped
  private static final int BORDERS = 3; // letters beside each cell

  public MarkdownTable {
    titles = titles.stream().map(MarkdownTable::cell).toList();
    rows = rows.stream().map(row -> row.stream().map(MarkdownTable::cell).toList()).toList();
  }

  private static String cell(String text) {
    return Printable.escaped(text).replace("|", "\\|");
  }

  /** Returns the lines of the table, which fit the terminal; of any length if there is none. */
  public List<String> lines() {
    return lines(TerminalWidth.limit());
  }

  /**
   * As {@link #lines()}.
   *
   * @param spare titles of columns that a narrow terminal does without
   */
  public List<String> linesWithout(String... spare) {
    return lines(TerminalWidth.limit(), spare);
  }

  /**
   * Returns the lines of the table. If it is wider than a terminal, columns without a value are
   * left out, then {@code spare} ones, and cells have several lines. If so many columns remain that
   * even narrow ones have no room, each cell has lines of its own.
   *
   * @param width of the terminal
   */
  List<String> lines(int width, String... spare) {
    Grid grid = new Grid(titles, rows);
    return grid.width() <= width || rows.isEmpty()
        ? grid.lines(grid.widths())
        : grid.without(List.of()).fitted(width, List.of(spare));
  }

  /** Cells without what would draw anything else. */
  private record Grid(List<String> titles, List<List<String>> rows) {
    /** Returns the columns that have a value, but not some of them. */
    Grid without(List<String> left) {
      int[] kept =
          IntStream.range(0, titles.size())
              .filter(column -> !left.contains(titles.get(column)))
              .filter(column -> rows.stream().anyMatch(row -> !row.get(column).isEmpty()))
              .toArray();
      return new Grid(of(titles, kept), rows.stream().map(row -> of(row, kept)).toList());
    }

    private static List<String> of(List<String> row, int[] columns) {
      return Arrays.stream(columns).mapToObj(row::get).toList();
    }

    List<String> fitted(int width, List<String> spare) {
      if (width() > width && !spare.isEmpty()) {
        return without(spare).fitted(width, List.of());
      }
      int[] widths = narrow(widths(), width - BORDERS * titles.size() - 1);
      return width(widths) <= width ? lines(widths) : list(width);
    }

    int width() {
      return width(widths());
    }

    private static int width(int[] widths) {
      return Arrays.stream(widths).sum() + BORDERS * widths.length + 1;
    }

    int[] widths() {
      return IntStream.range(0, titles.size()).map(this::width).toArray();
    }

    private int width(int column) {
      return Stream.concat(Stream.of(titles), rows.stream())
          .mapToInt(row -> row.get(column).length())
          .max()
          .orElseThrow();
    }

    /** Takes letters from the widest column until all columns have room. */
    private static int[] narrow(int[] widths, int room) {
      for (long excess = Arrays.stream(widths).asLongStream().sum() - room; excess > 0; excess--) {
        int widest =
            IntStream.range(0, widths.length)
                .reduce((a, b) -> widths[b] > widths[a] ? b : a)
                .orElseThrow();
        if (widths[widest] <= NARROWEST) {
          break;
        }
        widths[widest]--;
      }
      return widths;
    }

    List<String> lines(int[] widths) {
      List<String> lines = new ArrayList<>(row(titles, widths));
      lines.add(
          Arrays.stream(widths)
              .mapToObj("-"::repeat)
              .collect(Collectors.joining(" | ", "| ", " |")));
      rows.forEach(row -> lines.addAll(row(row, widths)));
      return lines;
    }

    /** Returns the title and the lines of each cell that is not empty, row by row. */
    private List<String> list(int width) {
      int longest = titles.stream().mapToInt(String::length).max().orElseThrow();
      int room = Math.max(NARROWEST, width - longest - BORDERS);
      List<String> lines = new ArrayList<>();
      for (List<String> row : rows) {
        lines.add("-".repeat(Math.min(width, longest + BORDERS + NARROWEST)));
        for (int i = 0; i < row.size(); i++) {
          String title = titles.get(i);
          for (String part :
              row.get(i).isEmpty() ? List.<String>of() : TerminalWidth.wrapped(row.get(i), room)) {
            lines.add(padded(title, longest) + " | " + part);
            title = "";
          }
        }
      }
      return lines;
    }
  }

  private static List<String> row(List<String> cells, int[] widths) {
    List<List<String>> parts =
        IntStream.range(0, widths.length)
            .mapToObj(i -> TerminalWidth.wrapped(cells.get(i), widths[i]))
            .toList();
    int height = parts.stream().mapToInt(List::size).max().orElse(1);
    return IntStream.range(0, height).mapToObj(line -> line(parts, line, widths)).toList();
  }

  private static String line(List<List<String>> parts, int line, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            i ->
                line < parts.get(i).size()
                    ? padded(parts.get(i).get(line), widths[i])
                    : " ".repeat(widths[i]))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
