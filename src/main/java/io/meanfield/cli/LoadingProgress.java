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
  /** Returns bar, rows and elapsed time, without the bar if the width is too small. */
  String line(int width, String elapsed) {
    long done = Math.min(rows, read.getAsLong());
    String head = "loading";
    String rest = String.format(Locale.ROOT, "  %,d of %,d rows  %s", done, rows, elapsed);
    return head + ProgressBar.text(done, rows, width - head.length() - rest.length()) + rest;
  }
}
