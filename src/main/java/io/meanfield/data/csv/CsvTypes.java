package io.meanfield.data.csv;

import io.meanfield.data.column.ValueType;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The types of the features in one file.
 *
 * @param types for each feature its type; an empty list for a feature without values
 */
record CsvTypes(String display, List<List<ValueType>> types) {

  /**
   * Returns the types that the features have in all files.
   *
   * @param columns the names of the features
   * @param display the location of all files, for messages
   * @throws UserException if a feature has no values, or other types in other files
   */
  static List<ValueType> common(List<CsvTypes> files, List<String> columns, String display) {
    List<ValueType> common = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      common.add(common(files, i, columns.get(i), display));
    }
    return common;
  }

  private static ValueType common(List<CsvTypes> files, int i, String column, String display) {
    Optional<ValueType> common = Optional.empty();
    for (CsvTypes file : files) {
      for (ValueType type : file.types().get(i)) {
        common = Optional.of(file.type(column, type, common.orElse(type)));
      }
    }
    return common.orElseThrow(() -> empty(column, display));
  }

  private ValueType type(String column, ValueType found, ValueType before) {
    return found
        .or(before)
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.DATA_UNREADABLE,
                    display
                        + ": column "
                        + column
                        + " is "
                        + found.expected()
                        + ", expected "
                        + before.expected()
                        + " as in the files before it; name columns of text in"
                        + " data.columns.categorical or data.columns.exclude"));
  }

  private static UserException empty(String column, String display) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        display
            + " has no value in column "
            + column
            + ", expected a feature; name it in data.columns.exclude, or leave it out of"
            + " data.columns.features");
  }
}
