package io.meanfield.fuzz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Consecutive seeds, each of one case. */
record SeedRange(int first, int last) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");

  SeedRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "the seeds must begin at 1 or later and must not be empty, found " + first + ".." + last);
    }
  }

  /** Returns the seeds of a text such as {@code 1..2000}. */
  static SeedRange parse(String text) {
    Matcher range = TEXT.matcher(text);
    if (!range.matches()) {
      throw new IllegalArgumentException("--seeds must be FIRST..LAST, found " + text);
    }
    return new SeedRange(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
  }

  @Override
  public String toString() {
    return first + ".." + last;
  }
}
