package io.meanfield.pipeline.start;

import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.LocalNumbers;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The forms that a text has, or that all texts of a column have, one bit each. The forms of a
 * column are the bitwise and of those of its values.
 */
record ValueForms(long bits) {
  private static final long NUMBER = 1;
  private static final long WHOLE = 2;
  private static final long TRUTH = 4;
  private static final long TIME = 8;
  private static final long DECIMAL_COMMA = 16;
  private static final long NO_COMMA = 32;
  private static final long DATE_ONLY = 64;
  private static final int FIRST_PATTERN = 7;
  private static final double LARGEST_WHOLE = 1L << 53;
  private static final Pattern COMMA = Pattern.compile(LocalNumbers.FORM);

  // Of two patterns that read the same texts, such as 1/2/2026, the first is proposed.
  private static final List<String> DATES =
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
          "d-MMM-yy",
          "M/d/yy",
          "d.M.yy");
  // A parser tries the optional parts, which are in brackets, in their order.
  private static final String TIME_OF_DAY = "[ h:mm[:ss] a][ H:mm[:ss]]";
  private static final List<DateTimeFormatter> FORMATTERS =
      DATES.stream().map(date -> formatter(date + TIME_OF_DAY)).toList();
  private static final Map<String, List<Integer>> BY_SEPARATORS =
      IntStream.range(0, DATES.size())
          .boxed()
          .collect(Collectors.groupingBy(i -> separators(DATES.get(i))));

  private static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(pattern.replace('y', 'u'))
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * Returns the forms of a text; null, which Spark's bit_and leaves out, if it means a missing
   * value.
   *
   * @param text without white space around it, or null
   */
  static Long of(String text) {
    if (text == null || ValueType.isMissing(text)) {
      return null;
    }
    OptionalDouble number = ValueType.NUMBER.parse(text);
    long comma = COMMA.matcher(text).matches() ? DECIMAL_COMMA : 0;
    if (number.isPresent()) {
      return NUMBER
          | (isWhole(number.getAsDouble()) ? WHOLE : 0)
          | (text.contains(",") ? 0 : NO_COMMA)
          | comma;
    }
    if (ValueType.BOOLEAN.parse(text).isPresent()) {
      return TRUTH;
    }
    return (ValueType.TIMESTAMP.parse(text).isPresent() ? TIME : 0)
        | (text.contains(":") ? 0 : DATE_ONLY)
        | comma
        | patterns(text);
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
  }

  private static long patterns(String text) {
    long found = 0;
    for (int i : BY_SEPARATORS.getOrDefault(separators(text), List.of())) {
      found |= reads(FORMATTERS.get(i), text) ? 1L << (FIRST_PATTERN + i) : 0;
    }
    return found;
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

  private static boolean reads(DateTimeFormatter formatter, String text) {
    ParsePosition position = new ParsePosition(0);
    // Unlike parse, this method throws no exception for texts that are no dates.
    if (formatter.parseUnresolved(text, position) == null
        || position.getErrorIndex() >= 0
        || position.getIndex() < text.length()) {
      return false;
    }
    try {
      return formatter.parse(text).isSupported(ChronoField.EPOCH_DAY);
    } catch (DateTimeException e) {
      return false;
    }
  }

  ValueForms and(ValueForms other) {
    return new ValueForms(bits & other.bits);
  }

  boolean isNumber() {
    return has(NUMBER);
  }

  /** Returns whether the values are whole numbers, such as 3 or 3.0. */
  boolean isWhole() {
    return has(WHOLE);
  }

  boolean isTruth() {
    return has(TRUTH);
  }

  /** Returns whether the values are dates or timestamps of ISO 8601. */
  boolean isTime() {
    return has(TIME);
  }

  /** Returns whether the values are numbers with a comma in place of the decimal point. */
  boolean hasDecimalComma() {
    return has(DECIMAL_COMMA) && !has(NO_COMMA);
  }

  /** Returns whether the values are numbers, some of them with a decimal point. */
  boolean hasDecimalPoint() {
    return isNumber() && !has(DECIMAL_COMMA);
  }

  /** Returns whether the first pattern of other values reads all values, too. */
  boolean areReadAs(ValueForms other) {
    return (Long.lowestOneBit(other.bits >> FIRST_PATTERN) & (bits >> FIRST_PATTERN)) != 0
        && (has(DATE_ONLY) || !other.has(DATE_ONLY));
  }

  private boolean has(long form) {
    return (bits & form) != 0;
  }

  /** Returns the first pattern of java.time that reads all values as dates; empty if none does. */
  Optional<String> pattern() {
    return patterns().findFirst();
  }

  /** Returns whether several patterns read all values, so that days and months may be mixed up. */
  boolean isAmbiguous() {
    return patterns().count() > 1;
  }

  private Stream<String> patterns() {
    return IntStream.range(0, DATES.size())
        .filter(i -> has(1L << (FIRST_PATTERN + i)))
        .mapToObj(i -> DATES.get(i) + (has(DATE_ONLY) ? "" : TIME_OF_DAY));
  }
}
