package io.meanfield.pipeline.start;

import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.TableColumn;
import io.meanfield.data.column.TargetRule;
import io.meanfield.data.column.TargetRule.Target;
import io.meanfield.data.frame.TableSurvey;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.util.List;

/**
 * What the columns of a table are for, before settings are written.
 *
 * @param label the use of the column to predict as if it were a feature
 * @param target whether it is classes or numbers
 */
record Draft(TableSurvey survey, ColumnUse label, TargetRule target) {
  /**
   * Judges a table.
   *
   * @throws UserException if the label is neither classes nor numbers
   */
  static Draft of(TableSurvey survey, String label) {
    int place = survey.columns().stream().map(TableColumn::name).toList().indexOf(label);
    ColumnUse use = survey.uses().get(place);
    TargetRule target = TargetRule.of(survey.columns().get(place), use);
    if (target.target() == Target.UNUSABLE) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--label must be a column of classes or numbers, but %s has %s",
          label,
          target.reason());
    }
    return new Draft(survey, use, target);
  }

  boolean predictsNumbers() {
    return target.target() == Target.NUMBERS;
  }

  /** Returns the uses of all columns but the label. */
  List<ColumnUse> features() {
    return survey.uses().stream().filter(use -> !use.equals(label)).toList();
  }

  /** Returns a row for each column: its name, what it is for, why, and how many values it lacks. */
  List<List<String>> cells() {
    return survey.uses().stream().map(this::cells).toList();
  }

  private List<String> cells(ColumnUse use) {
    boolean isLabel = use.equals(label);
    long missing = use.isNumeric() ? facts(use).missingNumbers() : facts(use).missing();
    return List.of(
        Printable.escaped(use.column()),
        isLabel ? (predictsNumbers() ? "target" : "label") : use.role().toString(),
        Printable.escaped(isLabel ? target.reason() : use.reason()),
        missing == 0 ? "" : Long.toString(missing));
  }

  ColumnFacts facts(ColumnUse use) {
    return survey.facts(use.column());
  }
}
