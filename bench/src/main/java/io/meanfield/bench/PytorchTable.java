package io.meanfield.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of the comparison with PyTorch. */
final class PytorchTable {
  private static final String ROW = "%-46s %9s %9s %6s   %s%n";
  private final List<Object[]> rows = new ArrayList<>();

  /**
   * Adds a row.
   *
   * @param remark empty for none
   */
  void add(String name, PairedTimes times, String remark) {
    rows.add(
        new Object[] {
          name,
          number("%.3f", times.ourMedian()),
          number("%.3f", times.peersMedian()),
          number("%.2f", times.ratio()),
          remark
        });
  }

  void print(PrintStream out) {
    out.printf(ROW, "", "Meanfield", PytorchPeer.NAME, "ratio", "test accuracy at the end");
    rows.forEach(row -> out.printf(ROW, row));
  }

  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
