package io.meanfield.pipeline.start;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.start.ColumnUse.Role;
import io.meanfield.settings.NearestName;
import java.util.List;
import java.util.Optional;

/** Decides whether a label is a class or a number to predict. */
final class LabelRules {
  private static final int MOST_NUMBERED_CLASSES = 30;
  private static final int MOST_FRACTIONS = 20;
  private static final int MOST_CLASSES = 1_000;
  private static final String OTHER = "; choose another column";

  private LabelRules() {}

  /**
   * Returns the column with the name of the label.
   *
   * @throws UserException if there is no label, or no such column
   */
  static String require(Optional<String> label, List<String> columns) {
    if (label.isEmpty()) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--label must be the column to predict, one of " + String.join(", ", columns));
    }
    if (!columns.contains(label.get())) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--label must be one of "
              + String.join(", ", columns)
              + ", found "
              + label.get()
              + NearestName.of(label.get(), columns)
                  .map(name -> "; did you mean " + name + "?")
                  .orElse(""));
    }
    return label.get();
  }

  /**
   * Returns the use of the label.
   *
   * @throws UserException if it is neither a class nor a number
   */
  static ColumnUse of(ColumnStatistics column) {
    if (column.compound().isPresent() || column.distinct() < 2 || column.present() == 0) {
      throw unusable(column, column.compound().orElse("no two different values") + OTHER);
    }
    if (column.isNumber()) {
      return isRegression(column)
          ? new ColumnUse(column, Role.TARGET, values(column, "numbers, so a number is predicted"))
          : new ColumnUse(column, Role.LABEL, values(column, "numbers, so a class is predicted"));
    }
    if (ColumnRules.isTime(column)) {
      throw unusable(column, "dates" + OTHER);
    }
    if (column.distinct() > MOST_CLASSES || 2 * column.distinct() > column.present()) {
      throw unusable(column, texts(column));
    }
    return new ColumnUse(column, Role.LABEL, values(column, "texts, so a class is predicted"));
  }

  private static String texts(ColumnStatistics column) {
    String rows = column.present() + " rows";
    if (column.forms().hasDecimalComma()) {
      return "numbers with a decimal comma; write them with a point";
    }
    return 2 * column.numbers() >= column.present()
        ? "numbers in only " + column.numbers() + " of " + rows + "; correct or empty the others"
        : values(column, "texts in " + rows) + OTHER;
  }

  private static boolean isRegression(ColumnStatistics column) {
    boolean fractions = !column.forms().isWhole();
    return column.distinct() > MOST_NUMBERED_CLASSES
        || (fractions && (column.distinct() > MOST_FRACTIONS || column.isNearlyUnique()));
  }

  private static String values(ColumnStatistics column, String kind) {
    return column.distinct() + " different " + kind;
  }

  private static UserException unusable(ColumnStatistics column, String found) {
    return new UserException(
        ErrorCode.WRONG_ARGUMENTS,
        "--label must be a column of classes or numbers, but " + column.name() + " has " + found);
  }
}
