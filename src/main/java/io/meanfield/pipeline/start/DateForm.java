package io.meanfield.pipeline.start;

import io.meanfield.pipeline.start.ColumnUse.Role;
import java.util.List;
import java.util.Optional;

/**
 * The form of all dates of a table that are not those of ISO 8601; settings name one.
 *
 * @param forms that all these dates have, or those of the first column if they have none in common
 */
record DateForm(ValueForms forms) {

  /** Returns the form of the columns of dates; empty if all are in ISO 8601. */
  static Optional<DateForm> of(List<ColumnUse> columns) {
    List<ValueForms> dates =
        columns.stream().filter(DateForm::isOther).map(use -> use.column().forms()).toList();
    Optional<ValueForms> common =
        dates.stream().reduce(ValueForms::and).filter(forms -> forms.pattern().isPresent());
    return common.or(() -> dates.stream().findFirst()).map(DateForm::new);
  }

  private static boolean isOther(ColumnUse use) {
    return use.role() == Role.TIME && !use.column().forms().isTime();
  }

  /** Leaves out the columns whose dates have another form. */
  static List<ColumnUse> unify(List<ColumnUse> columns) {
    return of(columns).map(form -> columns.stream().map(form::unify).toList()).orElse(columns);
  }

  private ColumnUse unify(ColumnUse use) {
    return !isOther(use) || use.column().forms().areReadAs(forms)
        ? use
        : new ColumnUse(
            use.column(),
            Role.EXCLUDED,
            "dates of the form "
                + use.column().forms().pattern().orElseThrow()
                + ", but dates.format has one form for all columns");
  }

  /** Returns the pattern of java.time that reads the dates. */
  String pattern() {
    return forms.pattern().orElseThrow();
  }

  /** Returns whether other patterns read the dates, too. */
  boolean isAmbiguous() {
    return forms.isAmbiguous();
  }
}
