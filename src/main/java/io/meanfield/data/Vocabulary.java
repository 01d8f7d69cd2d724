package io.meanfield.data;

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

/**
 * The different texts of a column; the code of a text is its place.
 *
 * @param values in their natural order
 */
@DefaultSerializer(JavaSerializer.class)
public record Vocabulary(String column, List<String> values) implements Serializable {
  public static final int MAX_VALUES = 10_000;
  private static final int SHOWN = 5;

  public static Vocabulary of(String column, Collection<String> texts) {
    List<String> words = List.copyOf(new TreeSet<>(texts));
    if (words.size() > MAX_VALUES) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "column "
              + column
              + " has more than "
              + MAX_VALUES
              + " different values; expected a category, leave it out of data.columns");
    }
    return new Vocabulary(column, words);
  }

  OptionalInt code(String text) {
    int place = Collections.binarySearch(values, text);
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** Some of the words, for a message. */
  public String display() {
    String first = String.join(", ", values.subList(0, Math.min(SHOWN, values.size())));
    return values.size() > SHOWN ? first + ", …" : first;
  }
}
