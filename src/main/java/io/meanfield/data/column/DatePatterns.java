package io.meanfield.data.column;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The forms of dates in texts beside that of ISO 8601, as patterns of {@link DateTimeFormatter}.
 * They are strict: 31.02.2024 and 24:00 are no times. Names of months are English, short or in
 * full. A month without a day is its first day.
 */
final class DatePatterns {
  /** Months, or seasons such as 2010-11. */
  static final String MONTH = "yyyy-MM";

  /** The patterns that are known without a setting; a time of day may follow each of them. */
  static final List<String> KNOWN =
      List.of(
          "M/d/yyyy",
          "d/M/yyyy",
          "d.M.yyyy",
          "d-M-yyyy",
          "M-d-yyyy",
          "yyyy/M/d",
          "yyyy.M.d",
          "yyyy-M-d",
          "MMM d yyyy",
          "MMM d, yyyy",
          "d MMM yyyy",
          "d-MMM-yyyy",
          "MMM-d-yyyy",
          "d-MMM-yy",
          "M/d/yy",
          "d/M/yy",
          "d.M.yy",
          "MMM yyyy",
          "MMM-yyyy",
          "MMM-yy",
          MONTH,
          "M/yyyy");

  /** A time of day after a date; a parser tries the optional parts in their order. */
  static final String TIME_AFTER_DATE = "[ h:mm[:ss] a][ h:mm[:ss]a][ H:mm[:ss]]";

  /** A time of day alone. */
  static final String TIME = "[h:mm[:ss] a][h:mm[:ss]a][H:mm[:ss]]";

  private static final Pattern SHORT_MONTH = Pattern.compile("(?<![ML])MMM(?![ML])");
  private static final String ANY_MONTH = "[MMMM][MMM]";
  private static final Pattern TWO_DIGITS = Pattern.compile("(?<!y)yy(?!y)");

  private static final Pattern OPTIONAL = Pattern.compile("\\[[^\\[\\]]*]");

  /** A pivot for texts whose century does not matter. */
  static final int ANY_PIVOT = 2000;

  private static final double SECONDS_A_MINUTE = 60;
  private static final Map<String, List<Integer>> BY_SEPARATORS =
      IntStream.range(0, KNOWN.size())
          .boxed()
          .collect(Collectors.groupingBy(i -> separators(KNOWN.get(i))));
  private static final ConcurrentMap<TextForm, DateTimeFormatter> FORMATTERS =
      new ConcurrentHashMap<>();

  private DatePatterns() {}

  /** Returns whether a pattern has years of two digits, whose century it does not tell. */
  static boolean hasShortYear(String pattern) {
    return TWO_DIGITS.matcher(pattern).find();
  }

  /** Returns whether a text is a pattern. */
  static boolean isValid(String pattern) {
    try {
      formatter(TextForm.ofDates(pattern, ANY_PIVOT));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static DateTimeFormatter formatter(TextForm form) {
    return FORMATTERS.computeIfAbsent(form, DatePatterns::compile);
  }

  private static DateTimeFormatter compile(TextForm form) {
    // A strict formatter asks for the era of a year that a pattern calls y.
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue());
    String pattern = SHORT_MONTH.matcher(form.pattern()).replaceAll(ANY_MONTH);
    String[] parts = TWO_DIGITS.split(pattern, -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        builder.appendValueReduced(ChronoField.YEAR, 2, 2, LocalDate.of(form.pivot(), 1, 1));
      }
      builder.appendPattern(parts[i]);
    }
    if (pattern.indexOf('M') >= 0 && pattern.indexOf('d') < 0) {
      builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
    }
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  /** Returns whether a month such as 2010-11 may be the season from 2010 to 2011. */
  static boolean maySpanYears(String month) {
    int dash = month.indexOf('-');
    return dash == 4
        && month.length() == 7
        && month.substring(5).equals(String.format(Locale.ROOT, "%02d", next(month) % 100));
  }

  private static int next(String month) {
    return Integer.parseInt(month.substring(0, 4)) + 1;
  }

  /** Returns the seconds since 1970-01-01 in UTC; empty if a text does not have the pattern. */
  static OptionalDouble seconds(TextForm form, String text) {
    DateTimeFormatter formatter = formatter(form);
    if (!mayRead(formatter, text)) {
      return OptionalDouble.empty();
    }
    try {
      TemporalAccessor found =
          formatter.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from, LocalTime::from);
      return OptionalDouble.of(seconds(found));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  /** Returns a time as a text with the pattern, without what may be left out. */
  static String text(TextForm form, double seconds) {
    String pattern = OPTIONAL.matcher(form.pattern()).replaceAll("");
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .format(LocalDateTime.ofEpochSecond((long) seconds, 0, ZoneOffset.UTC));
  }

  private static double seconds(TemporalAccessor found) {
    if (found instanceof OffsetDateTime time) {
      return ValueType.seconds(time.toInstant());
    }
    if (found instanceof LocalDateTime time) {
      return ValueType.seconds(time.toInstant(ZoneOffset.UTC));
    }
    if (found instanceof LocalDate date) {
      return ValueType.seconds(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    return LocalTime.from(found).toNanoOfDay() / 1e9;
  }

  /** Returns the minutes since midnight; empty if a text is no time of day. */
  static OptionalDouble minutes(String text) {
    OptionalDouble seconds =
        text.indexOf(':') > 0 ? seconds(TextForm.TIME_OF_DAY, text) : OptionalDouble.empty();
    return seconds.isPresent()
        ? OptionalDouble.of(seconds.getAsDouble() / SECONDS_A_MINUTE)
        : OptionalDouble.empty();
  }

  // Unlike parse, parseUnresolved throws no exception for texts that are no dates.
  private static boolean mayRead(DateTimeFormatter formatter, String text) {
    ParsePosition position = new ParsePosition(0);
    return formatter.parseUnresolved(text, position) != null
        && position.getErrorIndex() < 0
        && position.getIndex() == text.length();
  }

  /** Returns the bits of the known patterns that read a text as a date. */
  static long reading(String text) {
    long found = 0;
    for (int i : BY_SEPARATORS.getOrDefault(separators(text), List.of())) {
      if (seconds(form(i), text).isPresent()) {
        found |= 1L << i;
      }
    }
    return found;
  }

  private static TextForm form(int known) {
    return TextForm.ofDates(KNOWN.get(known) + TIME_AFTER_DATE, ANY_PIVOT);
  }

  /**
   * Returns the characters of a text, or of a pattern, before its time of day that are neither
   * letters nor digits. Most texts differ in them from nearly all patterns, which is much faster to
   * see than to parse.
   */
  private static String separators(String text) {
    StringBuilder separators = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (!Character.isLetterOrDigit(each)) {
        separators.append(each);
      }
    }
    int time = separators.indexOf(" :");
    return time < 0 ? separators.toString() : separators.substring(0, time);
  }
}
