package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How the texts of a column are written. A text of numbers that means another number with the other
 * sign of decimals, such as 1.500, is a value only if the column that was judged had texts alike.
 *
 * @param pattern empty for numbers with a decimal point and times of ISO 8601; a comma for numbers
 *     with a decimal comma; an example for numbers with divided thousands; else a pattern of {@link
 *     java.time.format.DateTimeFormatter}
 * @param pivot the first of the hundred years that two digits of a year may mean; 0 without effect
 */
@DefaultSerializer(JavaSerializer.class)
public record TextForm(String pattern, int pivot) implements Serializable {
  public static final TextForm PLAIN = new TextForm("", 0);

  public static final TextForm DECIMAL_COMMA = new TextForm(",", 0);

  /** Times of day, which are numbers: minutes since midnight. */
  public static final TextForm TIME_OF_DAY = new TextForm(DatePatterns.TIME, 0);

  private static final TextForm WHOLE_THOUSANDS = new TextForm("1,234", 0);
  private static final TextForm THOUSANDS = new TextForm("1,234.5", 0);
  private static final TextForm WHOLE_THOUSANDS_WITH_POINT = new TextForm("1.234", 0);
  private static final TextForm THOUSANDS_WITH_POINT = new TextForm("1.234,5", 0);
  private static final Set<TextForm> WITH_COMMA =
      Set.of(DECIMAL_COMMA, WHOLE_THOUSANDS_WITH_POINT, THOUSANDS_WITH_POINT);
  private static final Set<TextForm> WHOLE = Set.of(WHOLE_THOUSANDS, WHOLE_THOUSANDS_WITH_POINT);
  private static final Set<TextForm> DIVIDED =
      Set.of(WHOLE_THOUSANDS, THOUSANDS, WHOLE_THOUSANDS_WITH_POINT, THOUSANDS_WITH_POINT);

  /**
   * Returns the form of numbers.
   *
   * @param hasComma whether decimals begin with a comma
   * @param hasThousands whether the other sign divides thousands
   * @param areWhole whether none has decimals
   */
  static TextForm ofNumbers(boolean hasComma, boolean hasThousands, boolean areWhole) {
    if (!hasThousands) {
      return hasComma ? DECIMAL_COMMA : PLAIN;
    }
    if (areWhole) {
      return hasComma ? WHOLE_THOUSANDS_WITH_POINT : WHOLE_THOUSANDS;
    }
    return hasComma ? THOUSANDS_WITH_POINT : THOUSANDS;
  }

  /**
   * Returns the number of a text that is present; empty if it is no value of a type.
   *
   * @param text without white space around it
   */
  public OptionalDouble parse(ValueType type, String text) {
    if (type.isTime()) {
      return pattern.isEmpty() ? type.parse(text) : DatePatterns.seconds(this, text);
    }
    if (pattern.equals(TIME_OF_DAY.pattern)) {
      return DatePatterns.minutes(text);
    }
    String number = hasDecimalComma() ? Decimal.withPoint(text) : text;
    return mayMeanOther(number) ? OptionalDouble.empty() : type.parse(number);
  }

  /**
   * Returns whether a text is one that no judged value is like, and is another number with the
   * other sign of decimals.
   */
  private boolean mayMeanOther(String number) {
    boolean isDoubtful =
        (number.indexOf(',') >= 0 && !DIVIDED.contains(this))
            || (number.indexOf('.') >= 0 && WHOLE.contains(this));
    return isDoubtful && meansTwo(number);
  }

  private static boolean meansTwo(String text) {
    OptionalDouble point = ValueType.NUMBER.parse(text);
    OptionalDouble comma = ValueType.NUMBER.parse(Decimal.withPoint(text));
    return point.isPresent() && comma.isPresent() && !point.equals(comma);
  }

  /** Returns whether decimals begin with a comma. */
  public boolean hasDecimalComma() {
    return WITH_COMMA.contains(this);
  }

  /** Returns whether the pattern is one of dates. */
  public boolean isDate() {
    return !pattern.isEmpty()
        && !hasDecimalComma()
        && !DIVIDED.contains(this)
        && !equals(TIME_OF_DAY);
  }

  /** Returns what a value must be, for messages. */
  public String expected(ValueType type) {
    if (pattern.isEmpty()) {
      return type.expected();
    }
    if (type.isTime()) {
      return "a date in the form " + pattern;
    }
    if (pattern.equals(TIME_OF_DAY.pattern)) {
      return "a time of day such as 17:42";
    }
    return type.expected()
        + (DIVIDED.contains(this) ? " such as " + pattern : " with a decimal comma");
  }
}
