package io.meanfield.report;

import java.util.ArrayList;
import java.util.Arrays;
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
    int[] widths = IntStream.range(0, titles.size()).map(column -> width(all, column)).toArray();
    List<String> lines = new ArrayList<>(List.of(line(titles, widths)));
    lines.add(
        Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining(" | ", "| ", " |")));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
