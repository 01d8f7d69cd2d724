package io.meanfield.data.column;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads decimal numbers with the bits of {@link Double#parseDouble} and {@link Float#parseFloat},
 * also those with a {@link Unit}, and commas, spaces or apostrophes between thousands, as in
 * $1,234.50 and (1 234) for -1234. Most numbers of a table have few digits and no exponent. Their
 * digits are a whole number that the type holds exactly, and so is the power of ten after the
 * point; the quotient of the two is then the nearest number (Clinger, How to read floating point
 * numbers accurately, 1990).
 */
final class Decimal {
  private static final long EXACT_DOUBLE = 1L << 53;
  private static final long EXACT_FLOAT = 1L << 24;
  // The powers of ten that are exact, because these powers of five have 53 and 24 bits at most.
  private static final double[] DOUBLE_POWERS = doublePowers(22);
  private static final float[] FLOAT_POWERS = floatPowers(10);

  private static final String SIGN = "[-+\u2212]?";
  private static final String SPACE = "[ \u00a0\u202f]?";
  // A group of thousands never begins with 0: 0,125 is no 125.
  private static final String WHOLE =
      "[0-9]+|[1-9][0-9]{0,2}(?<separator>[, \u00a0\u202f'\u2019])[0-9]{3}"
          + "(?:\\k<separator>[0-9]{3})*";
  private static final Pattern WRITTEN =
      Pattern.compile(
          Stream.of(
                  "(?<sign>" + SIGN + ")",
                  "(?:(?<unit1>" + Unit.BEFORE + ")" + SPACE + "(?<inner>" + SIGN + "))?",
                  "(?<digits>(?:" + WHOLE + ")(?:\\.[0-9]*)?|\\.[0-9]+)",
                  "(?<exponent>[eE][-+]?[0-9]+)?",
                  "(?:" + SPACE + "(?<unit2>" + Unit.BEHIND + "))?")
              .collect(Collectors.joining()));
  // What WRITTEN matches of texts that have no other characters, in a tenth of the time.
  private static final Pattern BARE =
      Pattern.compile("-?(?:(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\\.[0-9]*)?|\\.[0-9]+)");
  private static final int NOT_SHORT = -1;
  private static final int SCALE_BITS = 5;

  private Decimal() {}

  private static double[] doublePowers(int largest) {
    double[] powers = new double[largest + 1];
    powers[0] = 1;
    for (int i = 1; i <= largest; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }

  private static float[] floatPowers(int largest) {
    float[] powers = new float[largest + 1];
    for (int i = 0; i <= largest; i++) {
      powers[i] = (float) DOUBLE_POWERS[i];
    }
    return powers;
  }

  /**
   * Returns the number of 64 bits; NaN if the text is none.
   *
   * @throws NumberFormatException if characters of a number have a wrong order
   */
  static double toDouble(String text) {
    long parts = shortParts(text, EXACT_DOUBLE, DOUBLE_POWERS.length);
    if (parts == NOT_SHORT) {
      return Double.parseDouble(isDecimal(text) ? text : plain(text));
    }
    double number = (parts >> SCALE_BITS) / DOUBLE_POWERS[scale(parts)];
    return text.charAt(0) == '-' ? -number : number;
  }

  /**
   * Returns the number of 32 bits; NaN if the text is none.
   *
   * @throws NumberFormatException if characters of a number have a wrong order
   */
  static float toFloat(String text) {
    long parts = shortParts(text, EXACT_FLOAT, FLOAT_POWERS.length);
    if (parts == NOT_SHORT) {
      return Float.parseFloat(isDecimal(text) ? text : plain(text));
    }
    float number = (parts >> SCALE_BITS) / FLOAT_POWERS[scale(parts)];
    return text.charAt(0) == '-' ? -number : number;
  }

  /** Returns a number as Java writes it; NaN if the text is none. */
  private static String plain(String text) {
    if (text.chars().noneMatch(Decimal::isDigit)) {
      return "NaN";
    }
    if (text.chars().allMatch(c -> isDigit(c) || c == '.' || c == ',' || c == '-')) {
      return BARE.matcher(text).matches() ? text.replace(",", "") : "NaN";
    }
    boolean isNegative = isInParentheses(text);
    Matcher number = WRITTEN.matcher(isNegative ? inner(text) : text);
    if (!number.matches()
        || units(number).size() > 1
        || !units(number).stream().allMatch(Unit::isKnown)) {
      return "NaN";
    }
    String signs = number.group("sign") + Objects.requireNonNullElse(number.group("inner"), "");
    if (signs.length() > 1 || (isNegative && !signs.isEmpty())) {
      return "NaN";
    }
    String digits = number.group("digits").replaceAll("[^0-9.]", "");
    return (isNegative ? "-" : signs.replace('\u2212', '-'))
        + digits
        + Objects.requireNonNullElse(number.group("exponent"), "");
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Returns whether a text is in parentheses, as accountants write negative numbers. */
  static boolean isInParentheses(String text) {
    return text.startsWith("(") && text.endsWith(")");
  }

  private static List<String> units(Matcher number) {
    return Stream.of("unit1", "unit2")
        .map(number::group)
        .filter(Objects::nonNull)
        .map(Unit::plain)
        .toList();
  }

  /** Returns the unit before or after a number; empty if there is none. */
  static Optional<String> unit(String text) {
    if (isPlain(text)) {
      return Optional.empty();
    }
    return Stream.of(text, withPoint(text))
        .map(each -> WRITTEN.matcher(isInParentheses(each) ? inner(each) : each))
        .filter(Matcher::matches)
        .findFirst()
        .flatMap(number -> units(number).stream().findFirst());
  }

  private static String inner(String text) {
    return text.substring(1, text.length() - 1);
  }

  /** Returns whether a text has digits, points and a minus only. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != '-') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the text of a number with a decimal comma as one with a decimal point: the roles of
   * comma and point are exchanged.
   */
  static String withPoint(String text) {
    if (text.indexOf(',') < 0 && text.indexOf('.') < 0) {
      return text;
    }
    char[] exchanged = text.toCharArray();
    for (int i = 0; i < exchanged.length; i++) {
      exchanged[i] = exchanged[i] == ',' ? '.' : exchanged[i] == '.' ? ',' : exchanged[i];
    }
    return new String(exchanged);
  }

  private static int scale(long parts) {
    return (int) parts & ((1 << SCALE_BITS) - 1);
  }

  /**
   * Returns the digits as one whole number, shifted to the left by {@value #SCALE_BITS} bits, and
   * in these bits the number of digits after the point; {@value #NOT_SHORT} if there are too many,
   * or if the text has another form.
   */
  private static long shortParts(String text, long largest, int powers) {
    long digits = 0;
    int count = 0;
    int point = NOT_SHORT;
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
        count++;
      } else if (c == '.' && point == NOT_SHORT) {
        point = count;
      } else {
        return NOT_SHORT;
      }
      if (digits > largest) {
        return NOT_SHORT;
      }
    }
    int scale = point == NOT_SHORT ? 0 : count - point;
    return count == 0 || scale >= powers ? NOT_SHORT : digits << SCALE_BITS | scale;
  }

  // Double.parseDouble also accepts suffixes as in 1f, hexadecimal numbers such as 0x1p3, the words
  // NaN and Infinity, and control characters around a number. These characters allow none of them;
  // it checks their order itself, with an exception, which takes too long for the days of a column
  // such as 2026-01-31.
  private static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isSign = (c == '-' || c == '+') && (i == 0 || Character.isLetter(text.charAt(i - 1)));
      boolean isPart = (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || isSign;
      if (!isPart) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
