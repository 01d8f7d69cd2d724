package io.meanfield.data.parquet;

import io.meanfield.data.table.LabelEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the different values of columns, from which categories and classes are numbered; driver
 * only.
 */
final class DistinctValues {
  private final Dataset<Row> frame;
  private final String display;
  private final boolean skipsBadRows;
  private final List<String> columns;
  private final Map<String, Map<Object, Long>> counted = new HashMap<>();

  /**
   * Creates what finds the values.
   *
   * @param columns all whose values are needed
   * @param display the location of the table for messages
   * @param skipsBadRows whether rows that cannot be used are skipped
   */
  DistinctValues(Dataset<Row> frame, List<String> columns, String display, boolean skipsBadRows) {
    this.frame = frame;
    this.display = display;
    this.skipsBadRows = skipsBadRows;
    this.columns = columns;
  }

  /**
   * Returns the different values of a column, each with the location of the table for messages.
   *
   * @param optional whether values may be missing
   * @throws UserException if a value is missing and neither that nor skipping its row is allowed
   */
  SortedMap<String, String> of(String column, boolean optional) {
    Set<Object> found = counted(column).keySet();
    if (found.contains(null) && !optional && !skipsBadRows) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display + " has rows without a value in column " + column + ", expected one in each");
    }
    SortedMap<String, String> values = new TreeMap<>();
    found.stream()
        .filter(Objects::nonNull)
        .map(Object::toString)
        .filter(text -> !optional || !text.isBlank())
        .forEach(text -> values.put(text, display));
    return values;
  }

  /** Returns the different values of a column, null for a missing one, with their rows. */
  private Map<Object, Long> counted(String column) {
    if (counted.isEmpty()) {
      FrameValues found = FrameValues.of(frame, columns);
      for (int i = 0; i < columns.size(); i++) {
        counted.put(columns.get(i), found.columns().get(i));
      }
    }
    return counted.get(column);
  }

  /**
   * Returns the different labels. If most rows are labelled by class numbers and rows may be
   * skipped, they are the class numbers only.
   */
  SortedMap<String, String> labels(String column) {
    if (!skipsBadRows) {
      return of(column, false);
    }
    Map<Boolean, Long> rows = new HashMap<>(Map.of(true, 0L, false, 0L));
    counted(column)
        .forEach(
            (value, count) -> {
              if (value != null) {
                rows.merge(LabelEncoder.isInteger(value.toString()), count, Long::sum);
              }
            });
    return rows.get(true) >= rows.get(false) ? new TreeMap<>() : of(column, false);
  }
}
