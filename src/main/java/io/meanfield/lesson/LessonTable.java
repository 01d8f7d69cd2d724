package io.meanfield.lesson;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * The table {@code lesson}: what the lesson has, what we have, and whether that is as it must be.
 */
record LessonTable(List<LessonResult> results) {
  private static final Table TABLE =
      Table.of(
          "lesson",
          Table.column("system", DataTypes.StringType),
          Table.column("measure", DataTypes.StringType),
          Table.nullable("baseline", DataTypes.StringType),
          Table.nullable("reference", DataTypes.DoubleType),
          Table.column("value", DataTypes.DoubleType),
          Table.column("seeds", DataTypes.IntegerType),
          Table.nullable("standard_deviation", DataTypes.DoubleType),
          Table.nullable("ci95_half_width", DataTypes.DoubleType),
          Table.nullable("at_least", DataTypes.DoubleType),
          Table.nullable("at_most", DataTypes.DoubleType),
          Table.column("holds", DataTypes.BooleanType));
  private static final List<String> TITLES =
      List.of("system", "measure", "lesson", "ours", "verdict");

  void write(SparkSession spark, RunDirectory run) {
    TABLE.write(spark, run, results.stream().map(result -> row(run.id().value(), result)).toList());
  }

  private static Row row(String run, LessonResult result) {
    Expectation wanted = result.expectation();
    return RowFactory.create(
        run,
        result.system().name(),
        wanted.measure(),
        wanted.baseline().orElse(null),
        wanted.reference().orElse(null),
        result.mean(),
        result.values().size(),
        result.deviation().orElse(null),
        result.halfInterval().orElse(null),
        wanted.atLeast().orElse(null),
        wanted.atMost().orElse(null),
        result.isAsExpected());
  }

  /** How many are as expected, and how many there are. */
  String summary() {
    return results.stream().filter(LessonResult::isAsExpected).count()
        + " of "
        + results.size()
        + " results are as expected";
  }

  boolean holds() {
    return results.stream().allMatch(LessonResult::isAsExpected);
  }

  /** Lines for a person; also a table of Markdown. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>(List.of(TITLES));
    results.forEach(result -> rows.add(cells(result)));
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < TITLES.size(); column++) {
      int place = column;
      widths.add(rows.stream().mapToInt(row -> row.get(place).length()).max().orElseThrow());
    }
    List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
    lines.add(1, widths.stream().map("-"::repeat).collect(Collectors.joining(" | ", "| ", " |")));
    return lines;
  }

  private static List<String> cells(LessonResult result) {
    Expectation wanted = result.expectation();
    return List.of(
        result.system().name(),
        wanted.measure().replace('_', ' ')
            + wanted.baseline().map(other -> ", minus that of " + other).orElse(""),
        wanted.reference().map(wanted::format).orElse(""),
        result.formattedValue(),
        result.verdict());
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      line.append(' ').append(cell).append(" ".repeat(widths.get(column) - cell.length()));
      line.append(" |");
    }
    return line.toString();
  }
}
