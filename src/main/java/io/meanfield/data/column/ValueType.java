package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** The type of the values of a feature. Every type is read as a number. */
@DefaultSerializer(JavaSerializer.class)
public enum ValueType implements Serializable {
  /** Numbers that are rounded to 32 bits when they are read, and used as they are. */
  FLOAT("a finite number") {
    @Override
    OptionalDouble present(String text) {
      float number = Decimal.toFloat(text);
      return Float.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
  },
  /** Numbers of 64 bits that are finite with 32 bits, too. */
  NUMBER("a finite number") {
    @Override
    OptionalDouble present(String text) {
      double number = Decimal.toDouble(text);
      return Float.isFinite((float) number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
  },
  /** The values true, which is 1, and false, which is 0, in any case of letters. */
  BOOLEAN("true or false") {
    @Override
    OptionalDouble present(String text) {
      if (text.equalsIgnoreCase("true")) {
        return OptionalDouble.of(1);
      }
      return text.equalsIgnoreCase("false") ? OptionalDouble.of(0) : OptionalDouble.empty();
    }
  },
  /** Dates; the number is that of a {@link #TIMESTAMP} at midnight in UTC. */
  DATE("an ISO 8601 date such as 2026-01-31") {
    @Override
    OptionalDouble present(String text) {
      return IsoTime.date(text);
    }
  },
  /** Timestamps or dates; the number is the seconds since 1970-01-01 in UTC. */
  TIMESTAMP("an ISO 8601 timestamp such as 2026-01-31T08:15:00Z") {
    @Override
    OptionalDouble present(String text) {
      OptionalDouble date = IsoTime.date(text);
      return date.isPresent() ? date : IsoTime.timestamp(text);
    }
  };

  /** The character that Java reads for bytes that the encoding of a text does not explain. */
  public static final char UNREADABLE = '\uFFFD';

  private static final Set<String> MISSING =
      Set.of("", "na", "nan", "null", "n/a", "#n/a", "<na>", "?");
  private static final int LONGEST_MISSING = 4;
  private static final Set<String> PLACEHOLDERS =
      Set.of("-", "--", "\u2013", "\u2014", ".", "none", "nil", "unknown", "missing", "n.a.");
  private static final int LONGEST_PLACEHOLDER = 7;
  private static final double NANOS = 1e9;

  private final String expected;

  ValueType(String expected) {
    this.expected = expected;
  }

  /** Returns what a value must be, for messages. */
  public String expected() {
    return expected;
  }

  /** Returns the number of a value that is present; empty if the text is no such value. */
  abstract OptionalDouble present(String text);

  /**
   * Returns the number of a value; empty if the text is no value of this type.
   *
   * @param text without white space around it
   */
  public OptionalDouble parse(String text) {
    try {
      return present(text);
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /**
   * Returns whether a text means a missing number or time: empty, NA, N/A, #N/A, NaN or null in any
   * case, or a question mark.
   */
  public static boolean isMissing(String text) {
    // Most values begin with a digit, and are told apart without a copy in lower case.
    boolean isLikely = text.isEmpty() || "nN#<?".indexOf(text.charAt(0)) >= 0;
    return isLikely
        && text.length() <= LONGEST_MISSING
        && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns whether a text means a missing value in a column of numbers or times, although it may
   * be a category or a class elsewhere: none, unknown, a dash.
   */
  public static boolean isPlaceholder(String text) {
    return text.length() <= LONGEST_PLACEHOLDER
        && PLACEHOLDERS.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Returns the number of a time. */
  public static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }

  /** Returns whether values are points in time. */
  public boolean isTime() {
    return this == DATE || this == TIMESTAMP;
  }

  /**
   * Returns whether the first line of a table holds values instead of names of columns: all are
   * numbers, or at least half of them are and one has a fraction.
   */
  public static boolean areValues(List<String> names) {
    List<String> numbers = names.stream().filter(name -> NUMBER.parse(name).isPresent()).toList();
    return numbers.size() == names.size()
        || (2 * numbers.size() >= names.size()
            && numbers.stream().anyMatch(number -> number.contains(".")));
  }
}
