package io.meanfield.data.csv;

import io.meanfield.data.column.ValueType;
import java.util.List;
import java.util.Optional;

/** The type of the values of a column, as far as they have been read. */
final class InferredType {
  private List<ValueType> type = List.of();

  /** Returns whether a value has the type of those before it; the first value shows the type. */
  boolean accepts(String text) {
    if (!type.isEmpty() && type.get(0).parse(text).isPresent()) {
      return true;
    }
    Optional<ValueType> common =
        ValueType.of(text)
            .flatMap(found -> type.isEmpty() ? Optional.of(found) : found.or(type.get(0)));
    common.ifPresent(found -> type = List.of(found));
    return common.isPresent();
  }

  /** Returns what a value must be, for messages. */
  String expected() {
    return type.isEmpty()
        ? "a number, true or false, or an ISO 8601 date or timestamp"
        : type.get(0).expected();
  }

  /** Returns the type; empty if there was no value. */
  List<ValueType> type() {
    return type;
  }
}
