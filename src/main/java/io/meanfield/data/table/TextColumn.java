package io.meanfield.data.table;

import java.util.List;

/**
 * The words of the texts of a column.
 *
 * @param words the words and pairs of words that most training rows have
 * @param most the number of words of a text that a network sees
 * @param exponents of the usual weights of the words in the order of their letters; empty if no
 *     word has a weight
 */
public record TextColumn(String column, List<String> words, int most, List<Integer> exponents) {
  /** The largest number of words. */
  public static final int MOST_WORDS = 20_000;

  /** The number of training rows that a word must be in. */
  public static final int FEWEST_ROWS = 3;
}
