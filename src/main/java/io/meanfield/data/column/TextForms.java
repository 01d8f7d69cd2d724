package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Finds the forms that a text may have, as bits of {@link Form}, and after them the patterns of
 * dates that read it.
 *
 * @param given the patterns that settings name; the known ones follow them
 */
@DefaultSerializer(JavaSerializer.class)
record TextForms(List<String> given) implements Serializable {
  /** What the text of a value may be, or is like. */
  enum Form {
    /** A number with a decimal point. */
    POINT,
    /** A number with a decimal comma. */
    COMMA,
    /** A number with a decimal point only, such as 1.5. */
    POINT_ONLY,
    /** A number with a decimal comma only, such as 0,125. */
    COMMA_ONLY,
    /** Two numbers, such as 1.500. */
    POINT_OR_THOUSANDS,
    /** Two numbers, such as 1,500. */
    COMMA_OR_THOUSANDS,
    /** A number whose thousands are divided beyond doubt, such as 1,234.5 and 1.234.567. */
    DIVIDED,
    /** Digits alone. */
    DIGITS,
    /** A whole number, if it has a decimal point. */
    WHOLE,
    /** A whole number, if it has a decimal comma. */
    WHOLE_WITH_COMMA,
    /** A number such as 007. */
    LEADING_ZERO,
    /** A text such as 12E3, which is a code or a number. */
    BARE_EXPONENT,
    /** A whole number that 64 bits do not hold exactly. */
    TOO_LONG,
    /** A number with a measure, such as 12 % and 5 km. */
    MEASURED,
    /** A number other than 0 without a measure. */
    BARE,
    PARENTHESES,
    MINUS,
    TRUTH,
    DATE,
    /** A date or a timestamp of ISO 8601. */
    TIMESTAMP,
    TIME_OF_DAY,
    /** A month such as 2010-11, or a season. */
    SEASON,
    /** A text with a colon. */
    COLON,
    /** Parts with bars or semicolons between them, such as red|large. */
    PARTS,
    /** Two capital letters, such as NA. */
    TWO_CAPITALS,
    /** A text such as unknown, which means no value where others are numbers or times. */
    PLACEHOLDER,
    /** A text with bytes that the encoding of the file does not explain. */
    UNREADABLE;

    /**
     * The number of forms, which is that of the bit of the first pattern. Forms, known patterns and
     * those of settings have a bit of 64 each.
     */
    static final int COUNT = values().length;

    @SuppressWarnings("EnumOrdinal") // no file has these numbers
    int place() {
      return ordinal();
    }

    long bit() {
      return 1L << place();
    }

    private long when(boolean has) {
      return has ? bit() : 0;
    }
  }

  private static final int GROUP = 3; // digits of a group of thousands
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9].*");
  private static final Pattern BARE_EXPONENT = Pattern.compile("[0-9]+[eE][0-9]+");
  private static final Pattern TWO_CAPITALS = Pattern.compile("[A-Z]{2}");
  private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(1L << 53);

  /** Returns the pattern of a bit after those of {@link Form}. */
  String pattern(int number) {
    return number < given.size()
        ? given.get(number)
        : DatePatterns.KNOWN.get(number - given.size());
  }

  /** Returns the number of patterns. */
  int patterns() {
    return given.size() + DatePatterns.KNOWN.size();
  }

  /**
   * Returns the forms of a text.
   *
   * @param text without white space around it
   */
  long of(String text) {
    OptionalDouble point = ValueType.NUMBER.parse(text);
    OptionalDouble comma = withComma(text, point);
    if (point.isPresent() || comma.isPresent()) {
      return number(text, point, comma) | given(text);
    }
    long forms =
        Form.TRUTH.when(ValueType.BOOLEAN.parse(text).isPresent())
            | Form.COLON.when(text.indexOf(':') >= 0)
            | Form.PARTS.when(divides('|', text) || divides(';', text))
            | Form.TWO_CAPITALS.when(TWO_CAPITALS.matcher(text).matches())
            | Form.PLACEHOLDER.when(ValueType.isPlaceholder(text))
            | Form.UNREADABLE.when(text.indexOf(ValueType.UNREADABLE) >= 0);
    return hasDigit(text) ? forms | times(text) : forms;
  }

  /** Reads a number with a decimal comma; most texts of a table show at once that they are none. */
  private static OptionalDouble withComma(String text, OptionalDouble point) {
    if (text.indexOf(',') < 0 && text.indexOf('.') < 0) {
      return point; // no sign of decimals
    }
    int decimals = text.length() - text.lastIndexOf('.') - 1;
    return text.indexOf(',') < 0 && decimals != GROUP && Decimal.isPlain(text)
        ? OptionalDouble.empty() // a point divides thousands only before three digits
        : ValueType.NUMBER.parse(Decimal.withPoint(text));
  }

  private static boolean divides(char sign, String text) {
    int place = text.indexOf(sign, 1);
    return place > 0 && place < text.length() - 1;
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String text, OptionalDouble point, OptionalDouble comma) {
    boolean both = point.isPresent() && comma.isPresent();
    boolean differ = both && point.getAsDouble() != comma.getAsDouble();
    double value = point.orElseGet(comma::getAsDouble);
    boolean isDigits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean isMeasured = Decimal.unit(text).filter(Unit::isMeasure).isPresent();
    return Form.POINT.when(point.isPresent())
        | Form.COMMA.when(comma.isPresent())
        | Form.POINT_ONLY.when(comma.isEmpty())
        | Form.COMMA_ONLY.when(point.isEmpty())
        | Form.POINT_OR_THOUSANDS.when(differ && text.indexOf('.') >= 0)
        | Form.COMMA_OR_THOUSANDS.when(differ && text.indexOf(',') >= 0)
        | Form.DIVIDED.when(!both && text.indexOf(point.isPresent() ? ',' : '.') >= 0)
        | Form.DIGITS.when(isDigits)
        | Form.WHOLE.when(isWhole(point))
        | Form.WHOLE_WITH_COMMA.when(isWhole(comma))
        | Form.LEADING_ZERO.when(mayLead(text) && LEADING_ZERO.matcher(text).matches())
        | Form.BARE_EXPONENT.when(text.indexOf('.') < 0 && BARE_EXPONENT.matcher(text).matches())
        | Form.TOO_LONG.when(
            isDigits && text.length() >= 16 && new BigDecimal(text).compareTo(LARGEST_EXACT) > 0)
        | Form.MEASURED.when(isMeasured)
        | Form.BARE.when(value != 0 && !isMeasured)
        | Form.PARENTHESES.when(Decimal.isInParentheses(text))
        | Form.MINUS.when(value < 0 && !Decimal.isInParentheses(text));
  }

  private static boolean mayLead(String text) {
    return text.length() > 1 && (text.charAt(0) == '0' || text.charAt(1) == '0');
  }

  private static boolean isWhole(OptionalDouble number) {
    return number.isPresent() && number.getAsDouble() == Math.rint(number.getAsDouble());
  }

  private long times(String text) {
    return Form.DATE.when(ValueType.DATE.parse(text).isPresent())
        | Form.TIMESTAMP.when(ValueType.TIMESTAMP.parse(text).isPresent())
        | Form.TIME_OF_DAY.when(DatePatterns.minutes(text).isPresent())
        | months(DatePatterns.reading(text), text)
        | given(text);
  }

  private long months(long patterns, String text) {
    boolean isMonth = (patterns >>> DatePatterns.KNOWN.indexOf(DatePatterns.MONTH) & 1) != 0;
    return patterns << (Form.COUNT + given.size())
        | Form.SEASON.when(isMonth && DatePatterns.maySpanYears(text));
  }

  private long given(String text) {
    long forms = 0;
    for (int i = 0; i < given.size(); i++) {
      if (DatePatterns.seconds(TextForm.ofDates(given.get(i), DatePatterns.ANY_PIVOT), text)
          .isPresent()) {
        forms |= 1L << (Form.COUNT + i);
      }
    }
    return forms;
  }
}
