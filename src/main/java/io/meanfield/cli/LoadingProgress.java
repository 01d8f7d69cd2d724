package io.meanfield.cli;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The progress of reading a table.
 *
 * @param rows the number of all rows
 * @param read returns the number of rows that were read
 */
record LoadingProgress(long rows, LongSupplier read) {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 5;

  /** Returns bar, rows and elapsed time, without the bar if the width is too small. */
  String line(int width, String elapsed) {
    long done = Math.min(rows, read.getAsLong());
    String head = "loading";
    String rest = String.format(Locale.ROOT, "  %,d of %,d rows  %s", done, rows, elapsed);
    int length = Math.min(LONGEST_BAR, width - head.length() - rest.length() - "  []".length());
    if (length < SHORTEST_BAR) {
      return head + rest;
    }
    int filled = (int) (length * done / rows);
    return head + "  [" + "=".repeat(filled) + " ".repeat(length - filled) + "]" + rest;
  }
}
