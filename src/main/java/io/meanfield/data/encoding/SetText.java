package io.meanfield.data.encoding;

import io.meanfield.data.encoding.Words.Entry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a set, a map or a sparse vector as one text, and reads its elements from the text. An
 * element is a word as it is; it may have a weight.
 */
public final class SetText {
  /** The control character before each element. */
  public static final char ELEMENT = '\u0001';

  /** Between an element and its weight. */
  private static final char WEIGHT = '\u0002';

  private static final String SPACE_OF_ELEMENT = "\u00a0"; // a space divides the words of a pair

  private SetText() {}

  /** Returns a set as one text, from which {@link Words#withPairs} returns its elements. */
  public static String ofSet(Iterable<?> elements) {
    StringBuilder set = new StringBuilder();
    for (Object element : elements) {
      if (element != null) {
        set.append(ELEMENT).append(element);
      }
    }
    return set.toString();
  }

  /**
   * Returns a map as one text. A number is the weight of its key; any other value makes an element
   * {@code key=value}. What is missing, 0 or not finite is no element.
   */
  public static String ofMap(Map<?, ?> map) {
    StringBuilder set = new StringBuilder();
    map.entrySet().stream()
        .filter(entry -> entry.getKey() != null && entry.getValue() != null)
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .forEach(entry -> addEntry(set, entry.getKey(), entry.getValue()));
    return set.toString();
  }

  private static void addEntry(StringBuilder set, Object key, Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      double weight =
          value instanceof Number number ? number.doubleValue() : (boolean) value ? 1 : 0;
      addWeighted(set, key, weight);
    } else {
      set.append(ELEMENT).append(key).append('=').append(value);
    }
  }

  /** Returns a sparse vector as one text, whose words are the indices of its numbers. */
  public static String ofVector(int[] indices, double[] values) {
    StringBuilder set = new StringBuilder();
    for (int i = 0; i < indices.length; i++) {
      addWeighted(set, indices[i], values[i]);
    }
    return set.toString();
  }

  private static void addWeighted(StringBuilder set, Object word, double weight) {
    float number = (float) weight;
    if (number != 0 && Float.isFinite(number)) {
      set.append(ELEMENT).append(word);
      if (number != 1) {
        set.append(WEIGHT).append(number);
      }
    }
  }

  /** Returns whether a text is a set. */
  public static boolean isSet(String text) {
    return !text.isEmpty() && text.charAt(0) == ELEMENT;
  }

  /** Returns the elements of a set, which may occur more than once. */
  static Stream<Entry> elements(String set) {
    return Arrays.stream(set.split(String.valueOf(ELEMENT)))
        .map(SetText::element)
        .filter(element -> !element.word().isEmpty());
  }

  private static Entry element(String element) {
    int end = element.indexOf(WEIGHT);
    String word =
        (end < 0 ? element : element.substring(0, end))
            .strip()
            .replace(Words.SEPARATOR, SPACE_OF_ELEMENT);
    return end < 0
        ? Entry.once(word)
        : new Entry(word, Float.parseFloat(element.substring(end + 1)), false);
  }

  /** Returns a word as its set has it. */
  public static String shown(String word) {
    return word.replace(SPACE_OF_ELEMENT, Words.SEPARATOR);
  }
}
