package io.meanfield.bench.scaling;

import java.io.PrintStream;
import java.util.List;

/** Prints a Markdown table under a heading, row by row. */
final class MarkdownTable {
  private final PrintStream out;

  MarkdownTable(PrintStream out, String title, List<String> columns) {
    this.out = out;
    out.printf("%n### %s%n%n", title);
    row(columns);
    row(columns.stream().map(column -> "---").toList());
  }

  void row(List<String> cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  void row(String... cells) {
    row(List.of(cells));
  }
}
