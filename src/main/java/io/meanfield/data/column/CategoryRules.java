package io.meanfield.data.column;

import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TextForms.Form;
import java.util.Locale;

/** The rule for columns that are neither numbers nor times: categories, texts, or left out. */
final class CategoryRules {
  /** Rows, which tell little, or different values. */
  static final int FEW = 20;

  private static final int MOST_SHORT_TEXTS = 100;
  private static final int MOST_CATEGORIES = 100_000;
  private static final double WORDS_OF_FREE_TEXT = 4;

  private CategoryRules() {}

  /**
   * Judges a column.
   *
   * @param codes the begin of the reason if the values are codes like numbers; else empty
   */
  static ColumnUse of(TableColumn column, String codes) {
    ColumnFacts facts = column.facts();
    if (column.kind() == Kind.TEXT && isFreeText(facts)) {
      return ColumnUse.text(
          column.name(),
          String.format(Locale.ROOT, "free text, %.0f words on average", facts.meanWords()));
    }
    if (column.kind() == Kind.TEXT && areSets(facts)) {
      return ColumnUse.text(
          column.name(),
          String.format(
              Locale.ROOT,
              "sets, several parts in %d of %d rows",
              facts.count(Form.PARTS),
              facts.present()));
    }
    String different = facts.differentValues(column.kind() == Kind.TEXT ? "texts" : "numbers");
    if (repeat(facts) || (column.isNamed() && facts.distinct() <= FEW)) {
      return ColumnUse.category(column, codes + different);
    }
    long numbers = facts.numbers();
    if (codes.isEmpty() && 2 * numbers >= facts.candidates()) {
      return ColumnUse.leftOut(
          column,
          String.format(
              Locale.ROOT,
              "numbers in %d of %d rows; leave the other values empty to use them",
              numbers,
              facts.present()));
    }
    return ColumnUse.leftOut(
        column,
        codes
            + (facts.areNearlyUnique()
                ? "an id or a name: nearly every text is different"
                : String.format(
                    Locale.ROOT, "%s, too many for %d rows", different, facts.present())));
  }

  private static boolean isFreeText(ColumnFacts facts) {
    return facts.meanWords() >= WORDS_OF_FREE_TEXT && facts.distinct() > MOST_SHORT_TEXTS;
  }

  private static boolean areSets(ColumnFacts facts) {
    return facts.distinct() > MOST_SHORT_TEXTS && 2 * facts.count(Form.PARTS) >= facts.present();
  }

  /** Returns whether values repeat: a category that occurs once or twice teaches nothing. */
  static boolean repeat(ColumnFacts facts) {
    int repeats = facts.distinct() <= FEW ? 2 : 3;
    return facts.distinct() <= MOST_CATEGORIES && repeats * facts.distinct() <= facts.present();
  }
}
