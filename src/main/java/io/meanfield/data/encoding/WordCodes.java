package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts a text to the codes of its words: those that the vocabulary of its column has, in the
 * order of {@link Words#withPairs}. The code of a word is its place in the vocabulary, from 1.
 */
@DefaultSerializer(JavaSerializer.class)
public final class WordCodes implements Serializable {
  /** The code of no word, which fills what is left of a row. */
  public static final int NONE = 0;

  /** The largest number of words of a text that a network sees. */
  public static final int MOST_OF_TEXT = 256;

  private static final long serialVersionUID = 1L;

  private final Vocabulary vocabulary;
  private transient Map<String, Integer> codes;

  /** Creates the codes of a column. */
  public WordCodes(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Returns how many words of a text the vocabulary has. */
  public int count(String text) {
    return (int) Words.withPairs(text).stream().filter(all()::containsKey).count();
  }

  /**
   * Writes the codes of the first words of a text, and {@link #NONE} after the last of them.
   *
   * @param first the first of the inputs of the column
   * @param count their number
   */
  public void write(String text, float[] inputs, int first, int count) {
    int next = first;
    int end = first + count;
    for (String word : text.isEmpty() ? List.<String>of() : Words.withPairs(text)) {
      Integer code = all().get(word);
      if (code != null && next < end) {
        inputs[next++] = code;
      }
    }
    while (next < end) {
      inputs[next++] = NONE;
    }
  }

  private Map<String, Integer> all() {
    if (codes == null) {
      Map<String, Integer> found = new HashMap<>();
      for (String value : vocabulary.values()) {
        found.put(value, found.size() + 1);
      }
      codes = found;
    }
    return codes;
  }
}
