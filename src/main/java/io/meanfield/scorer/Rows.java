package io.meanfield.scorer;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the rows of a program as the inputs of a graph. */
sealed interface Rows permits TableRows, ArrayRows {
  /** Returns the columns that a row must have. */
  List<InputColumn> inputs();

  /** Returns the values of each column. */
  Map<String, Tensor> read(List<? extends Map<String, ?>> rows);

  /** Returns a value; empty if it is missing. */
  default Optional<Object> value(List<? extends Map<String, ?>> rows, int row, String column) {
    Object value = rows.get(row).get(column);
    if (value == null && !rows.get(row).containsKey(column)) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has no column %s; the model reads %s, found %s",
          where(row),
          column,
          inputs().stream().map(InputColumn::name).collect(Collectors.joining(", ")),
          String.join(", ", rows.get(row).keySet()));
    }
    return Optional.ofNullable(value);
  }

  /** Returns the place of a value, for messages. */
  static String where(int row) {
    return "row " + (row + 1);
  }
}
