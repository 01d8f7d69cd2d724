package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How texts are written where the values of a column do not tell it.
 *
 * @param decimal the sign before the decimals of numbers
 * @param dates the patterns of dates and timestamps that are tried first
 * @param pivot the first of the hundred years that two digits of a year mean; empty to leave such
 *     columns out
 */
public record TextSettings(DecimalSign decimal, List<String> dates, OptionalInt pivot) {
  /** The settings without effect. */
  public static final TextSettings NONE =
      new TextSettings(DecimalSign.AUTO, List.of(), OptionalInt.empty());

  static final int MOST_PATTERNS = 15;
  private static final int LEAST_PIVOT = 1000;

  /** The sign before the decimals. */
  public enum DecimalSign {
    /** The values of each column tell it. */
    AUTO,
    POINT,
    COMMA
  }

  static TextSettings read(Section columns) {
    Section dates = columns.section("dates");
    TextSettings settings =
        new TextSettings(
            columns.choice("decimal", DecimalSign.class),
            dates.isSet("format") ? dates.strings("format") : List.of(),
            dates.integerOr("none", "pivot", LEAST_PIVOT));
    settings.check(dates);
    return settings;
  }

  private void check(Section section) {
    Optional<String> wrong = dates.stream().filter(each -> !DatePatterns.isValid(each)).findFirst();
    if (wrong.isPresent()) {
      section.invalid("format", "patterns of java.time, such as dd.MM.yyyy");
    } else if (dates.size() > MOST_PATTERNS) {
      section.invalid("format", "at most " + MOST_PATTERNS + " patterns");
    } else if (pivot.isEmpty() && dates.stream().anyMatch(DatePatterns::hasShortYear)) {
      section.invalid(
          "pivot",
          "the first of the hundred years that two digits of a year mean, such as 1950, because"
              + " data.columns.dates.format has such years");
    }
  }
}
