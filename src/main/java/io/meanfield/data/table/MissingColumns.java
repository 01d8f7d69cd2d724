package io.meanfield.data.table;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Columns that are named somewhere and that a table does not have. */
final class MissingColumns {
  private final List<String> present;
  private final String display;
  private final List<String> sentences = new ArrayList<>();

  /**
   * No missing columns yet.
   *
   * @param present columns of the table
   * @param display where the table is, for messages
   */
  MissingColumns(List<String> present, String display) {
    this.present = present;
    this.display = display;
  }

  /**
   * Looks for columns.
   *
   * @param where a column is named, with %s for its name
   */
  void check(String where, Collection<String> columns) {
    columns.stream()
        .filter(column -> !present.contains(column))
        .forEach(column -> sentences.add(sentence(where, column)));
  }

  private String sentence(String where, String column) {
    return where.replace("%s", column)
        + ": "
        + display
        + " has no such column; "
        + NearestName.similar(column, present)
            .map(name -> "did you mean " + name + "? Its columns are ")
            .orElse("its columns are ")
        + String.join(", ", present);
  }

  void throwIfAny() {
    if (!sentences.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", sentences));
    }
  }
}
