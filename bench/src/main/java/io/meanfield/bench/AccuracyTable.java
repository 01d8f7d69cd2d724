package io.meanfield.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Accuracies by row and column; a cell has one accuracy for each seed. Prints a Markdown table in
 * per cent: the mean of the seeds and, of several seeds, the largest deviation from it.
 */
final class AccuracyTable {
  private final String corner;
  private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /** Creates an empty table; {@code corner} is the header of the first column. */
  AccuracyTable(String corner) {
    this.corner = corner;
  }

  void add(String row, String column, double accuracy) {
    columns.add(column);
    rows.computeIfAbsent(row, name -> new LinkedHashMap<>())
        .computeIfAbsent(column, name -> new ArrayList<>())
        .add(accuracy);
  }

  void print(PrintStream out) {
    out.println("| " + corner + " | " + String.join(" | ", columns) + " |");
    out.println("|" + "---|".repeat(columns.size() + 1));
    rows.forEach(
        (row, cells) -> {
          StringBuilder line = new StringBuilder("| " + row + " |");
          columns.forEach(column -> line.append(' ').append(cell(cells.get(column))).append(" |"));
          out.println(line);
        });
  }

  private static String cell(List<Double> accuracies) {
    double mean = accuracies.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double deviation =
        Math.max(Collections.max(accuracies) - mean, mean - Collections.min(accuracies));
    return accuracies.size() == 1
        ? String.format(Locale.ROOT, "%.2f", 100 * mean)
        : String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean, 100 * deviation);
  }
}
