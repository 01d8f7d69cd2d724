package io.meanfield.data.column;

import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn.Kind;
import java.util.Locale;

/**
 * Decides whether a label is classes or numbers to predict.
 *
 * @param reason a part of a sentence, in the words of the user
 */
public record TargetRule(Target target, String reason) {
  /** The most classes of a label. */
  public static final int MOST_CLASSES = 1_000;

  /** The most classes of a label of whole numbers; more are numbers to predict. */
  public static final int MOST_NUMBERED_CLASSES = 30;

  private static final String OTHER = "; choose another column";
  private static final int MOST_FRACTIONS = 20;

  /** What a label is. */
  public enum Target {
    CLASSES,
    NUMBERS,
    /** Neither; the reason says what the column has. */
    UNUSABLE
  }

  /**
   * Judges a label.
   *
   * @param use of the label if it were a feature
   */
  public static TargetRule of(TableColumn label, ColumnUse use) {
    ColumnFacts facts = label.facts();
    switch (label.kind()) {
      case NUMBERS, TEXTS, BYTES, OTHER -> {
        return unusable(label.type() + OTHER);
      }
      case TEXT, WHOLE, NUMBER, TRUTH, DATE, TIMESTAMP -> {}
    }
    if (facts.distinct() < 2) {
      return unusable("no two different values" + OTHER);
    }
    if (use.role() == Role.TIME) {
      return unusable("dates" + OTHER);
    }
    if (use.role() == Role.NUMBER && use.type() == ValueType.NUMBER) {
      return 10 * use.wrong() > facts.candidates()
          ? unusable(
              String.format(
                  Locale.ROOT,
                  "numbers in only %d of %d rows; correct or empty the others",
                  facts.candidates() - use.wrong(),
                  facts.present()))
          : number(label, use);
    }
    return texts(label, use);
  }

  private static TargetRule unusable(String found) {
    return new TargetRule(Target.UNUSABLE, found);
  }

  private static TargetRule number(TableColumn label, ColumnUse use) {
    ColumnFacts facts = label.facts();
    boolean fractions = !facts.areWhole(use.form().hasDecimalComma());
    boolean isRegression =
        facts.distinct() > MOST_NUMBERED_CLASSES
            || (fractions && (facts.distinct() > MOST_FRACTIONS || facts.areNearlyUnique()))
            || (use.wrong() > 0 && (fractions || !use.form().equals(TextForm.PLAIN)));
    String kind =
        isRegression
            ? "numbers, so a number is predicted"
            : use.wrong() > 0
                ? "values, so a class is predicted"
                : "numbers, so a class is predicted";
    return new TargetRule(
        isRegression ? Target.NUMBERS : Target.CLASSES, facts.differentValues(kind));
  }

  private static TargetRule texts(TableColumn label, ColumnUse use) {
    ColumnFacts facts = label.facts();
    if (label.kind() == Kind.TEXT
        && use.role() == Role.LEFT_OUT
        && facts.numbers() * 2 >= facts.candidates()) {
      return unusable(use.reason());
    }
    if (facts.distinct() > MOST_CLASSES || 2 * facts.distinct() > facts.present()) {
      return unusable(
          String.format(
              Locale.ROOT,
              "%s in %d rows%s",
              facts.differentValues("texts"),
              facts.present(),
              OTHER));
    }
    return new TargetRule(Target.CLASSES, facts.differentValues("texts, so a class is predicted"));
  }
}
