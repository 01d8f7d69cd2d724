package io.meanfield.lesson;

import io.meanfield.report.MarkdownTable;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/**
 * The table {@code lesson}: the lesson's reference values, the measured values, and whether each
 * measured value is within its expected range.
 */
record LessonTable(List<LessonResult> results) {
  private static final RowTable<LessonResult> TABLE =
      RowTable.<LessonResult>named("lesson")
          .column("system", DataTypes.StringType, result -> result.system().name())
          .column("measure", DataTypes.StringType, result -> result.expectation().measure())
          .nullable("baseline", DataTypes.StringType, result -> result.expectation().baseline())
          .nullable("reference", DataTypes.DoubleType, result -> result.expectation().reference())
          .column("value", DataTypes.DoubleType, LessonResult::mean)
          .column("seeds", DataTypes.IntegerType, result -> result.values().size())
          .nullable("standard_deviation", DataTypes.DoubleType, LessonResult::deviation)
          .nullable("ci95_half_width", DataTypes.DoubleType, LessonResult::halfInterval)
          .nullable("at_least", DataTypes.DoubleType, result -> result.expectation().atLeast())
          .nullable("at_most", DataTypes.DoubleType, result -> result.expectation().atMost())
          .column("holds", DataTypes.BooleanType, LessonResult::isAsExpected);
  private static final List<String> TITLES =
      List.of("system", "measure", "reference", "value", "verdict");

  void write(RunDirectory run) {
    TABLE.write(run, results);
  }

  /** Returns how many of the results are as expected, as a sentence. */
  String summary() {
    return "%s of %s results are as expected"
        .formatted(results.stream().filter(LessonResult::isAsExpected).count(), results.size());
  }

  boolean holds() {
    return results.stream().allMatch(LessonResult::isAsExpected);
  }

  /** Returns the lines of a Markdown table. */
  List<String> lines() {
    return new MarkdownTable(TITLES, results.stream().map(LessonTable::cells).toList()).lines();
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
}
