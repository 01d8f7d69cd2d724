package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.Words.Entry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts a text to the codes of its words: those that the vocabulary of its column has, in the
 * order of {@link Words#withPairs}. The code of a word is its place in the vocabulary, from 1.
 *
 * <p>A weight w becomes log2(1 + |w| 2^-e) with the sign of w, where 2^e is the usual weight of the
 * word. The usual weight becomes 1, and a weight a thousand times as large becomes 10.
 */
@DefaultSerializer(JavaSerializer.class)
public final class WordCodes implements Serializable {
  /** The code of no word, which fills what is left of a row. */
  public static final int NONE = 0;

  /** The largest number of words of a text that a network sees. */
  public static final int MOST_OF_TEXT = 256;

  private static final long serialVersionUID = 1L;
  private static final double LOG_2 = StrictMath.log(2);

  private final Vocabulary vocabulary;
  private final List<Integer> exponents;
  private transient volatile Known known;

  /** The codes of the words, and whether pairs are among them. */
  private record Known(Map<String, Integer> codes, boolean hasPairs) {
    static Known of(List<String> words) {
      Map<String, Integer> codes = new HashMap<>();
      words.forEach(word -> codes.put(word, codes.size() + 1));
      return new Known(codes, words.stream().anyMatch(Words::isPair));
    }
  }

  /**
   * Creates the codes of a column.
   *
   * @param exponents of the usual weights of the words; empty if they have none
   */
  public WordCodes(Vocabulary vocabulary, List<Integer> exponents) {
    this.vocabulary = vocabulary;
    this.exponents = exponents;
  }

  /** Returns how many words of a text the vocabulary has. */
  public int count(String text) {
    return (int)
        entries(text).stream().filter(entry -> known().codes().containsKey(entry.word())).count();
  }

  /**
   * Writes the codes of the first words of a text, and {@link #NONE} after the last of them. Of
   * words with weights, those with the largest are written, and then their weights.
   *
   * @param first the first of the inputs of the column
   * @param count their number
   */
  public void write(String text, float[] inputs, int first, int count) {
    Arrays.fill(inputs, first, first + count, NONE);
    if (text.isEmpty()) {
      return;
    }
    if (exponents.isEmpty()) {
      writeWords(text, inputs, first, first + count);
    } else {
      writeWeighted(text, inputs, first, count / 2);
    }
  }

  private void writeWords(String text, float[] inputs, int first, int end) {
    int next = first;
    for (Entry entry : entries(text)) {
      Integer code = known().codes().get(entry.word());
      if (code != null && next < end) {
        inputs[next++] = code;
      }
    }
  }

  private void writeWeighted(String text, float[] inputs, int first, int words) {
    List<Weighted> known = new ArrayList<>();
    for (Entry entry : entries(text)) {
      Integer code = known().codes().get(entry.word());
      if (code != null) {
        known.add(new Weighted(code, scaled(entry.weight(), exponents.get(code - 1))));
      }
    }
    if (known.size() > words) {
      known.sort(Comparator.comparing(word -> -Math.abs(word.weight()))); // stable
    }
    for (int i = 0; i < Math.min(words, known.size()); i++) {
      inputs[first + i] = known.get(i).code();
      inputs[first + words + i] = known.get(i).weight();
    }
  }

  private record Weighted(int code, float weight) {}

  private static float scaled(float weight, int exponent) {
    double usual = Math.scalb((double) Math.abs(weight), -exponent);
    return (float) (Math.signum(weight) * StrictMath.log1p(usual) / LOG_2);
  }

  /** Returns the weight of a word whose input is {@code scaled}. */
  static float unscaled(float scaled, int exponent) {
    double usual = StrictMath.expm1(Math.abs(scaled) * LOG_2);
    return (float) (Math.signum(scaled) * Math.scalb(usual, exponent));
  }

  private List<Entry> entries(String text) {
    return Words.entries(text, known().hasPairs());
  }

  private Known known() {
    Known found = known;
    if (found == null) {
      found = Known.of(vocabulary.values());
      known = found;
    }
    return found;
  }
}
