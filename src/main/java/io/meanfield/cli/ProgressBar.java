package io.meanfield.cli;

/** Draws the share of work that is done as equals signs in brackets. */
final class ProgressBar {
  private static final int LONGEST = 30;
  private static final int SHORTEST = 5;

  private ProgressBar() {}

  /**
   * Returns two blanks and the bar; an empty text if the width is too small.
   *
   * @param width the number of columns that are free
   */
  static String text(long done, long all, int width) {
    int length = Math.min(LONGEST, width - "  []".length());
    if (length < SHORTEST) {
      return "";
    }
    int filled = (int) (length * done / all);
    return "  [" + "=".repeat(filled) + " ".repeat(length - filled) + "]";
  }
}
