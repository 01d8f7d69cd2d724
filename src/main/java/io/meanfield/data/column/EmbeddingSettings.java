package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.util.OptionalInt;

/**
 * The settings of the embedding of categories.
 *
 * @param above the number of categories up to which a column is one-hot encoded; empty to embed
 *     none
 * @param sizes the number of trained numbers for each category; empty to derive it from the number
 *     of categories
 */
public record EmbeddingSettings(OptionalInt above, PerColumn<OptionalInt> sizes) {
  static final String SIZE = "embedding-size";

  /** Embeds no column. */
  public static final EmbeddingSettings NONE =
      new EmbeddingSettings(OptionalInt.empty(), PerColumn.of(OptionalInt.empty()));

  private static final int MAX_AUTO_SIZE = 50;
  private static final int TEXT_SIZE = 16;

  static EmbeddingSettings read(Section columns) {
    return new EmbeddingSettings(
        columns.integerOr("none", "embed-above", 0),
        PerColumn.read(
            columns,
            SIZE,
            (section, key) -> section.integerOr("auto", key, 1),
            OptionalInt.empty()));
  }

  /** Returns whether a column with this number of different values is embedded. */
  public boolean embeds(int values) {
    return above.isPresent() && values > above.getAsInt();
  }

  /** Returns the number of trained numbers for each of the categories of a column. */
  public int sizeOf(String column, int categories) {
    return sizes.of(column).orElseGet(() -> automatic(categories));
  }

  /** Returns the number of trained numbers for each of the words of a column of texts. */
  public int sizeOfTexts(String column) {
    return sizes.of(column).orElse(TEXT_SIZE);
  }

  // fast.ai's emb_sz_rule, which allows up to 600; StrictMath gives the same bits everywhere.
  private static int automatic(int categories) {
    return (int) Math.min(MAX_AUTO_SIZE, Math.ceil(1.6 * StrictMath.pow(categories, 0.56)));
  }
}
