package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.EmbeddedColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The inputs of a categorical column, or of a part of a column of times: one for each code of its
 * values, or one that is the code. A column of texts has the codes of its words, and then their
 * weights if they have some.
 *
 * @param values the names of the values, in the order of their codes
 * @param acceptsUnknown whether there is one more code for all other values
 * @param first the first input, counted from the first input after the numbers
 * @param embedded whether the only input is the code, or the inputs are codes of words
 * @param words the number of words of a column of texts; 0 for any other
 * @param exponents of the usual weights of the words; empty if they have none
 */
@DefaultSerializer(JavaSerializer.class)
public record CategoryInputs(
    String name,
    List<String> values,
    boolean acceptsUnknown,
    int first,
    boolean embedded,
    int words,
    List<Integer> exponents)
    implements Serializable {
  static final String UNKNOWN = "unknown";
  private static final String NO_WORDS = "no known word";
  private static final int MOST_SHOWN = 12;

  public CategoryInputs {
    values = List.copyOf(values);
    exponents = List.copyOf(exponents);
  }

  /** Makes the inputs of a column that has no texts. */
  public CategoryInputs(
      String name, List<String> values, boolean acceptsUnknown, int first, boolean embedded) {
    this(name, values, acceptsUnknown, first, embedded, 0, List.of());
  }

  /**
   * Returns the inputs of the categories, in their order: first the one-hot codes of the columns
   * that are not embedded, then the codes of each embedded column or part of a time.
   *
   * @param columns the vocabularies of all categorical columns
   * @param acceptsUnknown whether a column has one more code for all other values
   */
  static List<CategoryInputs> of(
      List<Vocabulary> columns, List<EmbeddedColumn> embedded, boolean acceptsUnknown) {
    List<CategoryInputs> all = new ArrayList<>();
    int next = 0;
    for (Vocabulary column : columns) {
      if (!isEmbedded(column, embedded)) {
        CategoryInputs codes =
            new CategoryInputs(column.column(), column.values(), acceptsUnknown, next, false);
        all.add(codes);
        next += codes.inputs();
      }
    }
    for (EmbeddedColumn column : embedded) {
      CategoryInputs codes = code(column, columns, next);
      all.add(codes);
      next += codes.inputs();
    }
    return all;
  }

  private static boolean isEmbedded(Vocabulary column, List<EmbeddedColumn> embedded) {
    return embedded.stream()
        .anyMatch(found -> !found.isPart() && found.column().equals(column.column()));
  }

  private static CategoryInputs code(EmbeddedColumn column, List<Vocabulary> columns, int input) {
    List<String> names = column.isPart() ? column.values() : values(column.column(), columns);
    return new CategoryInputs(
        column.name(),
        names,
        column.categories() > names.size(),
        input,
        true,
        column.words(),
        column.exponents());
  }

  private static List<String> values(String column, List<Vocabulary> columns) {
    return columns.stream()
        .filter(vocabulary -> vocabulary.column().equals(column))
        .findFirst()
        .orElseThrow()
        .values();
  }

  /** Returns the number of codes. */
  public int codes() {
    return values.size() + (acceptsUnknown ? 1 : 0);
  }

  /** Returns the number of inputs. */
  public int inputs() {
    return embedded ? Math.max(1, (isWeighted() ? 2 : 1) * words) : codes();
  }

  /** Returns whether it is a column of texts. */
  public boolean hasWords() {
    return words > 0;
  }

  /** Returns whether the words of a column of texts have weights. */
  public boolean isWeighted() {
    return !exponents.isEmpty();
  }

  /** Returns the names of the inputs. */
  List<String> inputNames() {
    if (hasWords()) {
      return Stream.of("word", "weight")
          .limit(isWeighted() ? 2 : 1)
          .flatMap(
              input ->
                  IntStream.rangeClosed(1, words)
                      .mapToObj(i -> String.join(" ", name, input, Integer.toString(i))))
          .toList();
    }
    if (embedded) {
      return List.of(name);
    }
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add(name + "=" + value));
    if (acceptsUnknown) {
      names.add(name + " " + UNKNOWN);
    }
    return names;
  }

  /**
   * Returns the code in an example; empty if none of the inputs is set, and for texts, which have
   * several.
   *
   * @param inputs of the example
   * @param numbers the number of its inputs before the first category
   */
  public OptionalInt code(float[] inputs, int numbers) {
    int from = numbers + first;
    if (hasWords()) {
      return OptionalInt.empty();
    }
    if (embedded) {
      return OptionalInt.of((int) inputs[from]);
    }
    for (int code = 0; code < codes(); code++) {
      if (inputs[from + code] != 0) {
        return OptionalInt.of(code);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Returns the codes of the words of a text in an example; the parameters are those of {@link
   * #code}.
   */
  public IntStream wordCodes(float[] inputs, int numbers) {
    return IntStream.range(numbers + first, numbers + first + words)
        .map(input -> (int) inputs[input])
        .takeWhile(code -> code != WordCodes.NONE);
  }

  /**
   * Returns the weights of {@link #wordCodes}, in their order: 1 for each if words have no weights.
   */
  public DoubleStream wordWeights(float[] inputs, int numbers) {
    int from = numbers + first;
    return IntStream.range(from, from + words)
        .takeWhile(input -> (int) inputs[input] != WordCodes.NONE)
        .mapToDouble(input -> isWeighted() ? inputs[input + words] : 1);
  }

  /**
   * Returns the words of a text in an example, without pairs of words; the parameters are those of
   * {@link #code}.
   */
  public List<String> words(float[] inputs, int numbers) {
    return wordCodes(inputs, numbers)
        .mapToObj(code -> values.get(code - 1))
        .filter(word -> !Words.isPair(word))
        .toList();
  }

  /**
   * Returns an example without a word of a text and the pairs that the word is in; the parameters
   * are those of {@link #code}.
   */
  public float[] without(String word, float[] inputs, int numbers) {
    int from = numbers + first;
    float[] rest = inputs.clone();
    Arrays.fill(rest, from, from + inputs(), WordCodes.NONE);
    int next = from;
    for (int i = from; i < from + words && (int) inputs[i] != WordCodes.NONE; i++) {
      if (!Words.has(values.get((int) inputs[i] - 1), word)) {
        rest[next] = inputs[i];
        if (isWeighted()) {
          rest[next + words] = inputs[i + words];
        }
        next++;
      }
    }
    return rest;
  }

  /**
   * Returns the words of a text in an example as a text, without pairs of words; the parameters are
   * those of {@link #code}.
   */
  public String text(float[] inputs, int numbers) {
    if (!isWeighted()) {
      return String.join(" ", words(inputs, numbers));
    }
    Map<String, Float> weights = new HashMap<>();
    int[] codes = wordCodes(inputs, numbers).toArray();
    double[] scaled = wordWeights(inputs, numbers).toArray();
    for (int i = 0; i < codes.length; i++) {
      int word = codes[i] - 1;
      weights.put(values.get(word), WordCodes.unscaled((float) scaled[i], exponents.get(word)));
    }
    return SetText.ofMap(weights);
  }

  /** Returns the name of the value in an example; the parameters are those of {@link #code}. */
  String value(float[] inputs, int numbers) {
    if (hasWords()) {
      return shown(words(inputs, numbers));
    }
    OptionalInt code = code(inputs, numbers);
    return code.isPresent() && code.getAsInt() < values.size()
        ? values.get(code.getAsInt())
        : UNKNOWN;
  }

  private static String shown(List<String> words) {
    return words.isEmpty()
        ? NO_WORDS
        : words.stream().limit(MOST_SHOWN).collect(Collectors.joining(" "));
  }
}
