package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The different values of a column; the code of a value is its index.
 *
 * @param values the values in ascending order
 */
@DefaultSerializer(JavaSerializer.class)
public record Vocabulary(String column, List<String> values) implements Serializable {
  public static final int MAX_VALUES = 100_000;
  private static final int SHOWN = 5;
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+(?:\\.0)?");
  private static final String FRACTION = ".0";

  public Vocabulary {
    values = List.copyOf(new TreeSet<>(values));
  }

  /**
   * Returns the vocabulary of values in any order.
   *
   * @throws UserException if there are more than {@link #MAX_VALUES} different values
   */
  public static Vocabulary of(String column, Collection<String> values) {
    Vocabulary vocabulary = new Vocabulary(column, List.copyOf(values));
    if (vocabulary.values().size() > MAX_VALUES) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "column %s has more than %s different values; expected categories, leave it out of"
              + " data.columns",
          column,
          MAX_VALUES);
    }
    return vocabulary;
  }

  /** Returns whether a value is one of these. */
  public boolean has(String value) {
    return code(value).isPresent();
  }

  /**
   * Returns the code of a value; empty if the vocabulary does not have the value. The whole numbers
   * 7 and 7.0 are the same value, unless the vocabulary has both.
   */
  OptionalInt code(String value) {
    int index = Collections.binarySearch(values, value);
    if (index < 0 && WHOLE.matcher(value).matches()) {
      index = Collections.binarySearch(values, otherSpelling(value));
    }
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  // pandas writes whole numbers with a fraction as soon as one of them is missing.
  private static String otherSpelling(String value) {
    return value.endsWith(FRACTION)
        ? value.substring(0, value.length() - FRACTION.length())
        : value + FRACTION;
  }

  /**
   * Returns the code of a value.
   *
   * @param where the file and line of the value, for the message
   * @param remedy the end of the message, which says what to do
   * @throws InvalidRowException if the vocabulary does not have the value
   */
  int requireCode(String value, String where, String remedy) {
    return code(value)
        .orElseThrow(
            () ->
                InvalidRowException.ofValue(
                    where,
                    column,
                    value,
                    "is \"%s\", which is none of the %s values in training (%s)%s"
                        .formatted(
                            InvalidRowException.shown(value), values.size(), display(), remedy)));
  }

  /** Returns the first values, for a message. */
  public String display() {
    String first =
        values.stream()
            .limit(SHOWN)
            .map(InvalidRowException::shown)
            .collect(Collectors.joining(", "));
    return values.size() > SHOWN ? first + ", …" : first;
  }
}
