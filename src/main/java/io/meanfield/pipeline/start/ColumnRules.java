package io.meanfield.pipeline.start;

import io.meanfield.data.Vocabulary;
import io.meanfield.pipeline.start.ColumnUse.Role;
import java.util.Locale;
import java.util.regex.Pattern;

/** Decides what a column is for that is not the label. */
final class ColumnRules {
  private static final int FEW = 20;
  private static final int MOST_SHORT_TEXTS = 100;
  private static final double WORDS_OF_FREE_TEXT = 4;
  private static final Pattern NUMBERS =
      Pattern.compile("binary|vector|array<(tinyint|smallint|int|bigint|float|double|decimal.*)>");
  private static final Pattern ID =
      Pattern.compile("(.*[^A-Za-z])?(?i:id|key|uuid|guid|index|nr|no)|.*[a-z](Id|ID)");

  private ColumnRules() {}

  static ColumnUse of(ColumnStatistics column) {
    if (column.compound().isPresent()) {
      return compound(column, column.compound().get());
    }
    if (column.isConstant()) {
      return excluded(column, column.present() == 0 ? "no value" : "the same value in every row");
    }
    if (column.isNumber()) {
      return number(column);
    }
    if (column.forms().isTruth()) {
      return new ColumnUse(column, Role.NUMBER, "true or false");
    }
    return isTime(column) ? new ColumnUse(column, Role.TIME, time(column)) : text(column);
  }

  private static ColumnUse compound(ColumnStatistics column, String type) {
    return NUMBERS.matcher(type).matches()
        ? new ColumnUse(column, Role.NUMBER, type)
        : excluded(column, "of type " + type + ", which is no feature");
  }

  private static ColumnUse number(ColumnStatistics column) {
    if (column.isRunning()) {
      return excluded(
          column,
          String.format(
              Locale.ROOT,
              "the whole numbers from %.0f on, which number the rows",
              column.extent().least()));
    }
    if (column.forms().isWhole() && column.isNearlyUnique() && isNamedLikeId(column)) {
      return excluded(column, "an id: nearly every number is different");
    }
    return new ColumnUse(
        column, Role.NUMBER, column.forms().isWhole() ? "whole numbers" : "numbers");
  }

  private static boolean isNamedLikeId(ColumnStatistics column) {
    return column.rows() > FEW && ID.matcher(column.name()).matches();
  }

  /** Returns whether all values are dates or timestamps. */
  static boolean isTime(ColumnStatistics column) {
    return column.forms().isTime() || column.forms().pattern().isPresent();
  }

  private static String time(ColumnStatistics column) {
    return column.forms().isTime()
        ? "dates in ISO 8601"
        : "dates of the form " + column.forms().pattern().orElseThrow();
  }

  private static ColumnUse text(ColumnStatistics column) {
    if (isFreeText(column)) {
      return excluded(
          column,
          String.format(Locale.ROOT, "free text, %.0f words on average", column.extent().words()));
    }
    if (isCategory(column)) {
      return new ColumnUse(column, Role.CATEGORY, texts(column));
    }
    if (column.forms().hasDecimalComma()) {
      return excluded(column, "numbers with a decimal comma; set data.csv.locale to use them");
    }
    if (2 * column.numbers() >= column.present()) {
      return excluded(
          column,
          "numbers in "
              + column.numbers()
              + " of "
              + column.present()
              + " rows; leave the other values empty to use them");
    }
    return excluded(
        column,
        column.isNearlyUnique()
            ? "an id or a name: nearly every text is different"
            : texts(column) + ", too many for " + column.present() + " rows");
  }

  private static boolean isFreeText(ColumnStatistics column) {
    return column.extent().words() >= WORDS_OF_FREE_TEXT && column.distinct() > MOST_SHORT_TEXTS;
  }

  // A category that occurs once or twice teaches nothing.
  private static boolean isCategory(ColumnStatistics column) {
    int repeats = column.distinct() <= FEW ? 2 : 3;
    return column.distinct() <= Vocabulary.MAX_VALUES
        && repeats * column.distinct() <= column.present();
  }

  /** Returns whether a column of numbers may hold codes. */
  static boolean mayBeCode(ColumnUse use) {
    return use.role() == Role.NUMBER
        && use.column().forms().isWhole()
        && use.column().distinct() > 2
        && use.column().distinct() <= FEW;
  }

  static String texts(ColumnStatistics column) {
    return column.distinct() + " different texts";
  }

  private static ColumnUse excluded(ColumnStatistics column, String reason) {
    return new ColumnUse(column, Role.EXCLUDED, reason);
  }
}
