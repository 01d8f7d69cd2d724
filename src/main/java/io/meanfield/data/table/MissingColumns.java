package io.meanfield.data.table;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects the columns that settings or encodings name, but that a table does not have. */
final class MissingColumns {
  private final List<String> present;
  private final String display;
  private final List<String> messages = new ArrayList<>();

  /**
   * Starts with no missing columns.
   *
   * @param present the columns of the table
   * @param display the location of the table, for messages
   */
  MissingColumns(List<String> present, String display) {
    this.present = present;
    this.display = display;
  }

  /**
   * Adds a message for each column that the table does not have.
   *
   * @param where the place that names the column, with %s for its name
   */
  void check(String where, Collection<String> columns) {
    columns.stream()
        .filter(column -> !present.contains(column))
        .forEach(column -> messages.add(message(where, column)));
  }

  private String message(String where, String column) {
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
    if (!messages.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", messages));
    }
  }
}
