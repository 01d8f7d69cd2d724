package io.meanfield.data.parquet;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Finds the different values of columns, from which categories and classes are numbered; driver
 * only.
 *
 * @param files of the frame
 * @param display the location of the table for messages
 * @param skipsBadRows whether rows that cannot be used are skipped
 */
record DistinctValues(Dataset<Row> frame, TableFiles files, String display, boolean skipsBadRows) {

  /**
   * Returns the different values of a column, each with the location of the table for messages.
   *
   * @param optional whether values may be missing
   * @throws UserException if a value is missing and neither that nor skipping its row is allowed
   */
  SortedMap<String, String> of(String column, boolean optional) {
    ColumnTexts found =
        files.reading(column).map(table -> table.texts(column)).orElseGet(() -> ofFrame(column));
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

  private ColumnTexts ofFrame(String column) {
    List<Row> rows = counted(column);
    return new ColumnTexts(
        rows.stream()
            .filter(row -> !row.isNullAt(0))
            .map(row -> row.getString(0))
            .collect(Collectors.toSet()),
        rows.stream().anyMatch(row -> row.isNullAt(0)));
  }

  /** Returns the different values of a column as strings, with the number of their rows. */
  private List<Row> counted(String column) {
    // Different integers have different strings, and there are fewer of them than rows.
    Column named = ColumnNames.named(column);
    boolean isInteger = IdColumn.isInteger(frame.schema().apply(column).dataType());
    return frame
        .groupBy((isInteger ? named : ColumnNames.string(column)).as("value"))
        .count()
        .limit(Vocabulary.MAX_VALUES + 1)
        .select(functions.col("value").cast(DataTypes.StringType), functions.col("count"))
        .collectAsList();
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
    counted(column).stream()
        .filter(row -> !row.isNullAt(0))
        .forEach(
            row -> rows.merge(LabelEncoder.isInteger(row.getString(0)), row.getLong(1), Long::sum));
    return rows.get(true) >= rows.get(false) ? new TreeMap<>() : of(column, false);
  }
}
