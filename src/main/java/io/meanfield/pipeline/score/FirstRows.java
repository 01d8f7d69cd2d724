package io.meanfield.pipeline.score;

import io.meanfield.report.MarkdownTable;
import io.meanfield.report.ReadableNumber;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/** The first rows of predictions as a small table for a terminal. */
final class FirstRows {
  /** The number of rows that are shown. */
  static final int COUNT = 10;

  private static final Set<String> HIDDEN = Set.of("run_id", "model_run_id", "model_version");
  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d{4,}(E-?\\d+)?");
  private static final int MOST_COLUMNS = 8;
  private static final int MOST_NUMBERS = 4;
  private static final int WIDEST = 32;

  private FirstRows() {}

  /** Returns the lines of the table; none without rows. */
  static List<String> lines(List<Row> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    String[] names = rows.get(0).schema().fieldNames();
    List<Integer> columns =
        few(
            IntStream.range(0, names.length)
                .filter(i -> !HIDDEN.contains(names[i]))
                .filter(i -> rows.stream().anyMatch(row -> !row.isNullAt(i)))
                .boxed()
                .toList());
    return new MarkdownTable(
            columns.stream().map(i -> names[i]).toList(),
            rows.stream().map(row -> columns.stream().map(i -> cell(row, i)).toList()).toList())
        .lines();
  }

  // The first column is an id, the last ones are the predictions.
  private static List<Integer> few(List<Integer> columns) {
    int size = columns.size();
    return size <= MOST_COLUMNS
        ? columns
        : Stream.concat(
                columns.stream().limit(1), columns.subList(size - MOST_COLUMNS + 1, size).stream())
            .toList();
  }

  private static String cell(Row row, int column) {
    if (row.isNullAt(column)) {
      return "";
    }
    return row.schema().fields()[column].dataType() instanceof ArrayType
        ? list(row.getList(column))
        : text(row.get(column));
  }

  private static String text(Object value) {
    if (value instanceof Float || value instanceof Double) {
      return ReadableNumber.text(((Number) value).doubleValue());
    }
    String line = String.valueOf(value).lines().findFirst().orElse("");
    if (FRACTION.matcher(line).matches()) { // in a CSV file, where numbers are texts
      return ReadableNumber.text(Double.parseDouble(line));
    }
    return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
  }

  private static String list(List<?> numbers) {
    String shown =
        numbers.stream().limit(MOST_NUMBERS).map(FirstRows::text).collect(Collectors.joining(" "));
    return numbers.size() > MOST_NUMBERS ? shown + " …" : shown;
  }
}
