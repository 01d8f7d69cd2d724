package io.meanfield.pipeline.score;

import static org.apache.spark.sql.functions.col;

import io.meanfield.error.Printable;
import io.meanfield.report.MarkdownTable;
import io.meanfield.report.ReadableNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/** Ten rows of predictions as a small table for a terminal. */
final class FirstRows {
  private static final int ROWS = 10;
  private static final String[] HIDDEN = {"run_id", "model_run_id", "model_version"};
  private static final int MOST_COLUMNS = 8;
  private static final int MOST_NUMBERS = 4;
  private static final int WIDEST = 32;
  private static final String LAST_COPIED = "model_version";
  // All values of CSV are texts. These are results; in other columns 1.10 may be a name.
  private static final Pattern RESULT =
      Pattern.compile("probability.*|predicted_(?!label$).*|score|base_score");
  private static final Pattern LONG = Pattern.compile("-?\\d+\\.\\d{5,}(E-?\\d+)?");

  private FirstRows() {}

  /** Returns the lines of the table, without columns that have no value; none without rows. */
  static List<String> lines(Dataset<Row> predictions) {
    Dataset<Row> shown = withNumbers(predictions).drop(HIDDEN);
    List<Row> rows = shown.takeAsList(ROWS);
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Integer> columns =
        few(
            IntStream.range(0, shown.columns().length)
                .filter(i -> rows.stream().anyMatch(row -> !row.isNullAt(i)))
                .boxed()
                .toList());
    return new MarkdownTable(
            columns.stream().map(i -> shown.columns()[i]).toList(),
            rows.stream().map(row -> columns.stream().map(i -> cell(row, i)).toList()).toList())
        .lines();
  }

  private static Dataset<Row> withNumbers(Dataset<Row> predictions) {
    List<String> names = List.of(predictions.columns());
    Dataset<Row> typed = predictions;
    for (String name : names.subList(names.indexOf(LAST_COPIED) + 1, names.size())) {
      if (RESULT.matcher(name).matches()) {
        typed = typed.withColumn(name, col("`" + name.replace("`", "``") + "`").cast("double"));
      }
    }
    return typed;
  }

  // The first column is an id, the last ones are the predictions.
  private static List<Integer> few(List<Integer> columns) {
    List<Integer> few = new ArrayList<>(columns);
    while (few.size() > MOST_COLUMNS) {
      few.remove(1);
    }
    return few;
  }

  private static String cell(Row row, int column) {
    if (row.isNullAt(column)) {
      return "";
    }
    return row.schema().fields()[column].dataType() instanceof ArrayType
        ? numbers(row.getList(column))
        : text(row.get(column));
  }

  private static String text(Object value) {
    String line = Printable.escaped(String.valueOf(value));
    if (value instanceof Float || value instanceof Double || LONG.matcher(line).matches()) {
      return ReadableNumber.text(Double.parseDouble(line));
    }
    return line.length() > WIDEST ? line.substring(0, WIDEST - 1) + "…" : line;
  }

  private static String numbers(List<?> numbers) {
    String first =
        numbers.stream().limit(MOST_NUMBERS).map(FirstRows::text).collect(Collectors.joining(" "));
    return numbers.size() > MOST_NUMBERS ? first + " …" : first;
  }
}
