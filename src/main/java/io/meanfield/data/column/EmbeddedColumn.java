package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A categorical column, or a part of a column of times, that is one input: the code of its value,
 * by which a network looks up a row of a matrix. A column of texts has several inputs: the codes of
 * its words.
 *
 * @param part the part; empty for a categorical column
 * @param first the value whose code is 0
 * @param categories the number of codes, with the last one for unknown or missing values if there
 *     is one
 * @param size the number of trained numbers for each code
 * @param words the number of words of a text that are inputs; 0 for one code
 * @param exponents for each known word, the binary exponent of its usual weight; empty if words
 *     have no weights, else each word has two inputs, the second for its weight
 */
@DefaultSerializer(JavaSerializer.class)
public record EmbeddedColumn(
    String column,
    List<DatePart> part,
    int first,
    int categories,
    int size,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY) int words,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Integer> exponents)
    implements Serializable {
  public EmbeddedColumn {
    exponents = List.copyOf(exponents);
  }

  /** Returns a categorical column. */
  public static EmbeddedColumn of(String column, int categories, int size) {
    return new EmbeddedColumn(column, List.of(), 0, categories, size, 0, List.of());
  }

  /**
   * Returns a column of texts. Code 0 is no word.
   *
   * @param known the number of words in the vocabulary
   * @param words the number of words of a text that are inputs
   * @param exponents of the usual weights of the known words; empty without weights
   */
  public static EmbeddedColumn ofTexts(
      String column, int known, int size, int words, List<Integer> exponents) {
    return new EmbeddedColumn(column, List.of(), 0, known + 1, size, words, exponents);
  }

  /**
   * Returns a recurring part of a column of times. Missing values have the last code.
   *
   * @param categories the number of its values, and 1 more if values may be missing
   */
  public static EmbeddedColumn of(String column, DatePart part, int categories, int size) {
    return new EmbeddedColumn(column, List.of(part), 0, categories, size, 0, List.of());
  }

  /**
   * Returns the day of a column of times. Missing values and all other days have the last code.
   *
   * @param first the first day, in days since 1970-01-01
   * @param days the number of days
   */
  public static EmbeddedColumn ofDays(String column, int first, int days, int size) {
    return new EmbeddedColumn(column, List.of(DatePart.DAY), first, days + 1, size, 0, List.of());
  }

  /** Returns whether it is a part of a column of times. */
  public boolean isPart() {
    return !part.isEmpty();
  }

  /** Returns whether words have weights. */
  public boolean isWeighted() {
    return !exponents.isEmpty();
  }

  /** Returns whether it is a column of texts. */
  public boolean hasWords() {
    return words > 0;
  }

  /** Returns the name of the input: the column, and the part. */
  public String name() {
    return isPart() ? column + " " + part.get(0) : column;
  }

  /** Returns the code of a time in seconds since 1970-01-01, NaN if it is missing. */
  public int code(double seconds) {
    int code = Double.isNaN(seconds) ? -1 : part.get(0).at(seconds) - first;
    return code >= 0 && code < categories ? code : categories - 1;
  }

  /** Returns the names of the values of a part, in the order of their codes. */
  public List<String> values() {
    return part.get(0) == DatePart.DAY
        ? IntStream.range(first, first + categories - 1)
            .mapToObj(day -> LocalDate.ofEpochDay(day).toString())
            .toList()
        : IntStream.range(0, part.get(0).count()).mapToObj(Integer::toString).toList();
  }
}
