package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How the texts of a column are written. A text that means another number with the other sign of
 * decimals, such as 1.500, or that has another unit, is a value only if the column that was judged
 * had texts alike.
 *
 * @param pattern empty for numbers with a decimal point and times of ISO 8601; a comma for numbers
 *     with a decimal comma; an example for numbers with divided thousands; else a pattern of {@link
 *     java.time.format.DateTimeFormatter}
 * @param pivot the first of the hundred years that two digits of a year may mean; 0 without effect
 * @param unit the {@link Unit} of numbers; empty if they have none
 */
@DefaultSerializer(JavaSerializer.class)
public record TextForm(String pattern, int pivot, String unit) implements Serializable {
  private static final String COMMA = ",";
  private static final String WHOLE_THOUSANDS = "1,234";
  private static final String THOUSANDS = "1,234.5";
  private static final String WHOLE_THOUSANDS_WITH_POINT = "1.234";
  private static final String THOUSANDS_WITH_POINT = "1.234,5";
  private static final Set<String> WITH_COMMA =
      Set.of(COMMA, WHOLE_THOUSANDS_WITH_POINT, THOUSANDS_WITH_POINT);
  private static final Set<String> WHOLE = Set.of(WHOLE_THOUSANDS, WHOLE_THOUSANDS_WITH_POINT);
  private static final Set<String> DIVIDED =
      Set.of(WHOLE_THOUSANDS, THOUSANDS, WHOLE_THOUSANDS_WITH_POINT, THOUSANDS_WITH_POINT);

  public static final TextForm PLAIN = new TextForm("", 0, "");

  public static final TextForm DECIMAL_COMMA = new TextForm(COMMA, 0, "");

  /** Times of day, which are numbers: minutes since midnight. */
  public static final TextForm TIME_OF_DAY = new TextForm(DatePatterns.TIME, 0, "");

  /** Returns the form of dates and times. */
  static TextForm ofDates(String pattern, int pivot) {
    return new TextForm(pattern, pivot, "");
  }

  /**
   * Returns the form of numbers.
   *
   * @param hasComma whether decimals begin with a comma
   * @param hasThousands whether the other sign divides thousands
   * @param areWhole whether none has decimals
   * @param unit of the numbers; empty for none
   */
  static TextForm ofNumbers(boolean hasComma, boolean hasThousands, boolean areWhole, String unit) {
    if (!hasThousands) {
      return new TextForm(hasComma ? COMMA : "", 0, unit);
    }
    return hasComma
        ? new TextForm(areWhole ? WHOLE_THOUSANDS_WITH_POINT : THOUSANDS_WITH_POINT, 0, unit)
        : new TextForm(areWhole ? WHOLE_THOUSANDS : THOUSANDS, 0, unit);
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
    if (pattern.equals(DatePatterns.TIME)) {
      return DatePatterns.minutes(text);
    }
    String number = hasDecimalComma() ? Decimal.withPoint(text) : text;
    if (mayMeanOther(number)) {
      return OptionalDouble.empty();
    }
    OptionalDouble found = type.parse(number);
    return found.isPresent() && hasOtherUnit(text, found.getAsDouble())
        ? OptionalDouble.empty()
        : found;
  }

  /**
   * Returns whether a text is one that no judged value is like, and is another number with the
   * other sign of decimals.
   */
  private boolean mayMeanOther(String number) {
    boolean isDoubtful =
        (number.indexOf(',') >= 0 && !DIVIDED.contains(pattern))
            || (number.indexOf('.') >= 0 && WHOLE.contains(pattern));
    return isDoubtful && meansTwo(number);
  }

  private static boolean meansTwo(String text) {
    OptionalDouble point = ValueType.NUMBER.parse(text);
    OptionalDouble comma = ValueType.NUMBER.parse(Decimal.withPoint(text));
    return point.isPresent() && comma.isPresent() && !point.equals(comma);
  }

  private boolean hasOtherUnit(String text, double number) {
    if (unit.isEmpty() && Decimal.isPlain(text)) {
      return false;
    }
    String found = Decimal.unit(text).orElse("");
    boolean isLeftOut = found.isEmpty() && (!Unit.isMeasure(unit) || number == 0);
    return !found.equals(unit) && !isLeftOut;
  }

  /** Returns the ways to write the unit before a number. */
  public List<String> unitsBefore() {
    return Unit.spellings(unit, Unit.BEFORE);
  }

  /** Returns the ways to write the unit after a number. */
  public List<String> unitsBehind() {
    return Unit.spellings(unit, Unit.BEHIND);
  }

  /** Returns whether a number without the unit is another one, unless it is 0. */
  public boolean needsUnit() {
    return Unit.isMeasure(unit);
  }

  /** Returns the day of a time in seconds since 1970; only if the form is one of dates. */
  public String dateText(double seconds) {
    return DatePatterns.text(this, seconds);
  }

  /** Returns whether decimals begin with a comma. */
  public boolean hasDecimalComma() {
    return WITH_COMMA.contains(pattern);
  }

  /** Returns whether the pattern is one of dates. */
  public boolean isDate() {
    return !pattern.isEmpty()
        && !hasDecimalComma()
        && !DIVIDED.contains(pattern)
        && !equals(TIME_OF_DAY);
  }

  /** Returns what a value must be, for messages. */
  public String expected(ValueType type) {
    if (type.isTime()) {
      return pattern.isEmpty() ? type.expected() : "a date in the form " + pattern;
    }
    if (pattern.equals(DatePatterns.TIME)) {
      return "a time of day such as 17:42";
    }
    return type.expected()
        + (DIVIDED.contains(pattern)
            ? " such as " + pattern
            : hasDecimalComma() ? " with a decimal comma" : "")
        + (unit.isEmpty() ? "" : " in " + unit);
  }
}
