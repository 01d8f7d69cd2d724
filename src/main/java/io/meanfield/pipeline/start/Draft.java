package io.meanfield.pipeline.start;

import io.meanfield.data.column.Codes;
import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TargetRule;
import io.meanfield.data.column.TargetRule.Target;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.TableSurvey;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a table are for, before settings are written.
 *
 * @param labels the uses of the columns to predict as if they were features
 * @param target whether they are classes or numbers
 */
record Draft(TableSurvey survey, List<ColumnUse> labels, TargetRule target) {
  /**
   * Judges a table.
   *
   * @throws UserException if a label is neither classes nor numbers, or several are not all numbers
   */
  static Draft of(TableSurvey survey, List<String> labels) {
    List<ColumnUse> uses =
        labels.stream().map(label -> survey.uses().get(place(survey, label))).toList();
    List<TargetRule> targets =
        uses.stream()
            .map(use -> TargetRule.of(survey.columns().get(place(survey, use.column())), use))
            .toList();
    for (int i = 0; i < labels.size(); i++) {
      boolean isNumber =
          uses.get(i).role() == Role.NUMBER
              && targets.get(i).target() != Target.UNUSABLE
              && !isTextOfTruth(survey, uses.get(i));
      if (labels.size() == 1 ? targets.get(i).target() == Target.UNUSABLE : !isNumber) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS,
            "--label must be %s, but %s has %s",
            labels.size() == 1
                ? "a column of classes or numbers"
                : "one column or columns of numbers",
            labels.get(i),
            targets.get(i).reason());
      }
    }
    return new Draft(
        survey,
        uses,
        labels.size() == 1
            ? targets.get(0)
            : new TargetRule(Target.NUMBERS, "numbers, which are predicted together"));
  }

  // Targets are numbers, to which Spark converts its own truth values.
  private static boolean isTextOfTruth(TableSurvey survey, ColumnUse use) {
    return use.type() == ValueType.BOOLEAN
        && survey.columns().get(place(survey, use.column())).kind() == Kind.TEXT;
  }

  private static int place(TableSurvey survey, String column) {
    return survey.columns().stream().map(TableColumn::name).toList().indexOf(column);
  }

  boolean predictsNumbers() {
    return target.target() == Target.NUMBERS;
  }

  /** Returns the uses of all columns but the labels. */
  List<ColumnUse> features() {
    return survey.uses().stream().filter(use -> !labels.contains(use)).toList();
  }

  /** Returns the column of times in whose order the rows lie; empty if there is none. */
  Optional<String> time() {
    return survey.ordered().stream().findFirst();
  }

  /** Returns the first column whose values name groups of rows; empty if there is none. */
  Optional<ColumnUse> group() {
    return features().stream().filter(use -> Codes.areGroups(use, facts(use))).findFirst();
  }

  /**
   * Returns a row for each column that is shown: its name, what it is for, why, and how many values
   * it lacks.
   */
  List<List<String>> cells() {
    Set<ColumnUse> shown = new HashSet<>(ColumnUse.shown(survey.uses()));
    shown.addAll(labels);
    return survey.uses().stream().filter(shown::contains).map(this::cells).toList();
  }

  private List<String> cells(ColumnUse use) {
    boolean isLabel = labels.contains(use);
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
