package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * How the texts of a column are written.
 *
 * @param pattern empty for numbers with a decimal point and times of ISO 8601; a comma for numbers
 *     with a decimal comma; else a pattern of {@link java.time.format.DateTimeFormatter}
 * @param pivot the first of the hundred years that two digits of a year may mean; 0 without effect
 */
@DefaultSerializer(JavaSerializer.class)
public record TextForm(String pattern, int pivot) implements Serializable {
  public static final TextForm PLAIN = new TextForm("", 0);

  public static final TextForm DECIMAL_COMMA = new TextForm(",", 0);

  /** Times of day, which are numbers: minutes since midnight. */
  public static final TextForm TIME_OF_DAY = new TextForm(DatePatterns.TIME, 0);

  /**
   * Returns the number of a text that is present; empty if it is no value of a type.
   *
   * @param text without white space around it
   */
  public OptionalDouble parse(ValueType type, String text) {
    if (pattern.isEmpty()) {
      return type.parse(text);
    }
    if (type.isTime()) {
      return DatePatterns.seconds(this, text);
    }
    return pattern.equals(TIME_OF_DAY.pattern)
        ? DatePatterns.minutes(text)
        : type.parse(Decimal.withPoint(text));
  }

  /** Returns whether the pattern is one of dates. */
  public boolean isDate() {
    return !pattern.isEmpty() && !equals(DECIMAL_COMMA) && !equals(TIME_OF_DAY);
  }

  /** Returns what a value must be, for messages. */
  public String expected(ValueType type) {
    if (pattern.isEmpty()) {
      return type.expected();
    }
    if (type.isTime()) {
      return "a date in the form " + pattern;
    }
    return pattern.equals(TIME_OF_DAY.pattern)
        ? "a time of day such as 17:42"
        : type.expected() + " with a decimal comma";
  }
}
