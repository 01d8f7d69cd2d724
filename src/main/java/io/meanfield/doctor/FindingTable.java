package io.meanfield.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints findings as a table of four columns, whose long cells have several lines. */
final class FindingTable {
  private static final int[] WIDTHS = {16, 28, 48, 48};
  private static final int NAMES = 3;

  private FindingTable() {}

  static List<String> lines(List<Finding> findings) {
    List<String> lines = new ArrayList<>(row("check", "where", "result", "remedy"));
    findings.forEach(each -> lines.addAll(row(each)));
    return lines;
  }

  private static List<String> row(Finding finding) {
    String result = finding.result().name().toLowerCase(Locale.ROOT);
    return row(
        finding.check(),
        where(finding.where()),
        result + ": " + finding.message(),
        finding.remedy().orElse("-"));
  }

  private static String where(List<String> all) {
    List<String> named = all.subList(0, Math.min(NAMES, all.size()));
    String names = String.join(", ", named);
    int rest = all.size() - named.size();
    return rest == 0 ? names : names + " and " + rest + " more";
  }

  private static List<String> row(String... cells) {
    List<List<String>> wrapped = new ArrayList<>();
    for (int column = 0; column < cells.length; column++) {
      wrapped.add(wrap(cells[column], WIDTHS[column]));
    }
    int height = wrapped.stream().mapToInt(List::size).max().orElse(0);
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      lines.add(line(wrapped, line));
    }
    return lines;
  }

  private static String line(List<List<String>> cells, int line) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      List<String> cell = cells.get(column);
      String part = line < cell.size() ? cell.get(line) : "";
      text.append(String.format("%-" + WIDTHS[column] + "s  ", part));
    }
    return text.toString().stripTrailing();
  }

  // A word that is longer than the column, such as a path, stays whole so that it can be copied.
  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
