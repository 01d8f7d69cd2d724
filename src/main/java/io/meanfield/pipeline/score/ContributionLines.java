package io.meanfield.pipeline.score;

import io.meanfield.evaluate.ContributionColumns;
import io.meanfield.report.ReadableNumber;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The columns that contribute most to rows, in a line. */
final class ContributionLines {
  private static final int SHOWN = 5;

  private ContributionLines() {}

  /** Returns the line; none for rows without contributions. Reads the rows. */
  static List<String> of(Dataset<Row> rows) {
    List<String> columns =
        Arrays.stream(rows.columns())
            .filter(name -> name.startsWith(ContributionColumns.PREFIX))
            .toList();
    if (columns.isEmpty()) {
      return List.of();
    }
    Row means =
        rows.select(
                columns.stream()
                    .map(name -> functions.avg(functions.abs(number(name))))
                    .toArray(Column[]::new))
            .first();
    List<String> largest =
        IntStream.range(0, columns.size())
            .filter(i -> !means.isNullAt(i))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -means.getDouble(i)))
            .limit(SHOWN)
            .map(
                i ->
                    columns.get(i).substring(ContributionColumns.PREFIX.length())
                        + " "
                        + ReadableNumber.rounded(means.getDouble(i)))
            .toList();
    return List.of("columns  " + String.join(", ", largest) + " (mean absolute contribution)");
  }

  // All values of CSV are texts.
  private static Column number(String name) {
    return functions.col("`" + name.replace("`", "``") + "`").cast("double");
  }

  /** Returns the rows without their contributions. */
  static Dataset<Row> without(Dataset<Row> rows) {
    return rows.drop(
        Arrays.stream(rows.columns())
            .filter(name -> name.startsWith(ContributionColumns.PREFIX))
            .toArray(String[]::new));
  }
}
