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

  /** Returns the lines of the table, each cell on one line. */
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /**
   * Returns the lines of the table with cells on several lines where the table would be wider than
   * a terminal; so many columns that even narrow ones have no room remain wider.
   *
   * @param width of the terminal
   */
  public List<String> lines(int width) {
    List<List<String>> all = Stream.concat(Stream.of(titles), rows.stream()).toList();
    int[] widths = IntStream.range(0, titles.size()).map(column -> width(all, column)).toArray();
    narrow(widths, width - BORDERS * widths.length - 1);
    List<String> lines = new ArrayList<>(row(titles, widths));
    lines.add(
        Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining(" | ", "| ", " |")));
    rows.forEach(row -> lines.addAll(row(row, widths)));
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  /** Takes letters from the widest column until all columns have room. */
  private static void narrow(int[] widths, int room) {
    long excess = Arrays.stream(widths).asLongStream().sum() - room;
    for (; excess > 0; excess--) {
      int widest =
          IntStream.range(0, widths.length)
              .reduce((a, b) -> widths[b] > widths[a] ? b : a)
              .orElseThrow();
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest]--;
    }
  }

  private static List<String> row(List<String> cells, int[] widths) {
    List<List<String>> parts =
        IntStream.range(0, widths.length).mapToObj(i -> wrapped(cells.get(i), widths[i])).toList();
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

  /** Divides a text at spaces, or within a word that is too long. */
  private static List<String> wrapped(String text, int width) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    parts.add(rest);
    return parts;
  }
}
