package io.meanfield.data.parquet;

import io.meanfield.data.table.LabelEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the different values of columns, from which categories and classes are numbered; driver
 * only.
 */
final class DistinctValues {
  private final Dataset<Row> frame;
  private final TableFiles files;
  private final String display;
  private final boolean skipsBadRows;
  private final List<String> ofFrame;
  private final List<String> ofFiles;
  private final Map<String, Map<Object, Long>> counted = new HashMap<>();
  private final Map<String, ColumnTexts> texts = new HashMap<>();

  /**
   * Creates what finds the values.
   *
   * @param columns all whose values are needed
   * @param files of the frame
   * @param display the location of the table for messages
   * @param skipsBadRows whether rows that cannot be used are skipped
   */
  DistinctValues(
      Dataset<Row> frame,
      List<String> columns,
      TableFiles files,
      String display,
      boolean skipsBadRows) {
    this.frame = frame;
    this.files = files;
    this.display = display;
    this.skipsBadRows = skipsBadRows;
    this.ofFrame =
        columns.stream().filter(column -> skipsBadRows || files.reading(column).isEmpty()).toList();
    this.ofFiles = columns.stream().filter(column -> files.reading(column).isPresent()).toList();
  }

  /**
   * Returns the different values of a column, each with the location of the table for messages.
   *
   * @param optional whether values may be missing
   * @throws UserException if a value is missing and neither that nor skipping its row is allowed
   */
  SortedMap<String, String> of(String column, boolean optional) {
    ColumnTexts found =
        files.reading(column).map(table -> ofFiles(table, column)).orElseGet(() -> ofFrame(column));
    if (found.hasMissing() && !optional && !skipsBadRows) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display + " has rows without a value in column " + column + ", expected one in each");
    }
    SortedMap<String, String> values = new TreeMap<>();
    found.texts().stream()
        .filter(text -> !optional || !text.isBlank())
        .forEach(text -> values.put(text, display));
    return values;
  }

  /** Returns the different values of a column; those of all columns are read in one job. */
  private ColumnTexts ofFiles(FlatTable table, String column) {
    if (texts.isEmpty()) {
      List<ColumnTexts> found = table.texts(ofFiles);
      for (int i = 0; i < ofFiles.size(); i++) {
        texts.put(ofFiles.get(i), found.get(i));
      }
    }
    return texts.get(column);
  }

  private ColumnTexts ofFrame(String column) {
    Map<Object, Long> rows = counted(column);
    return new ColumnTexts(
        rows.keySet().stream()
            .filter(Objects::nonNull)
            .map(Object::toString)
            .collect(Collectors.toSet()),
        rows.containsKey(null));
  }

  /** Returns the different values of a column, null for a missing one, with their rows. */
  private Map<Object, Long> counted(String column) {
    if (counted.isEmpty()) {
      FrameValues found = FrameValues.of(frame, ofFrame);
      for (int i = 0; i < ofFrame.size(); i++) {
        counted.put(ofFrame.get(i), found.columns().get(i));
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
