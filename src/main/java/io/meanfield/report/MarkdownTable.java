package io.meanfield.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table in Markdown whose columns are aligned, so that it is readable on a terminal.
 *
 * @param rows the cells of each row, as many as there are titles
 */
public record MarkdownTable(List<String> titles, List<List<String>> rows) {

  /** Returns the lines of the table. */
  public List<String> lines() {
    List<List<String>> all = Stream.concat(Stream.of(titles), rows.stream()).toList();
    List<Integer> widths =
        IntStream.range(0, titles.size()).mapToObj(column -> width(all, column)).toList();
    List<String> lines = new ArrayList<>(all.stream().map(row -> line(row, widths)).toList());
    lines.add(1, widths.stream().map("-"::repeat).collect(Collectors.joining(" | ", "| ", " |")));
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  private static String line(List<String> cells, List<Integer> widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
