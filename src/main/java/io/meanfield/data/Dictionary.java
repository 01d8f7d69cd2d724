package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The different texts of a column; the code of a text is its place.
 *
 * @param words in their natural order
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
public record Dictionary(String column, List<String> words) implements Serializable {
  static final int MAX_WORDS = 10_000;
  private static final int SHOWN = 5;

  static Dictionary of(String column, Collection<String> texts) {
    List<String> words = List.copyOf(new TreeSet<>(texts));
    if (words.size() > MAX_WORDS) {
      throw new Complaint(
          ErrorCode.WRONG_SETTINGS,
          "column "
              + column
              + " has more than "
              + MAX_WORDS
              + " different values; expected a category, leave it out of data.columns");
    }
    return new Dictionary(column, words);
  }

  OptionalInt code(String text) {
    int place = Collections.binarySearch(words, text);
    return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
  }

  /** Some of the words, for a message. */
  String shown() {
    String first = String.join(", ", words.subList(0, Math.min(SHOWN, words.size())));
    return words.size() > SHOWN ? first + ", …" : first;
  }
}
