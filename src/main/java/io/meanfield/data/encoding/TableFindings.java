package io.meanfield.data.encoding;

import io.meanfield.data.column.ColumnUse;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What reading a table has found besides its examples.
 *
 * @param skipped the rows that are not among the examples, because they cannot be used
 * @param unknown the categories of each column that the encoder does not know
 * @param classes the number of classes that the labels have; empty if it is not known
 * @param targets the range of each number to predict; none if there are none
 * @param widths the number of values of each numeric column of the encoder
 * @param columns the use of each column of features, and why; none if a model's encoder told it
 */
public record TableFindings(
    SkippedRows skipped,
    Map<String, List<String>> unknown,
    OptionalInt classes,
    List<TargetRange> targets,
    List<Integer> widths,
    List<ColumnUse> columns) {
  /** The findings of data that are no table. */
  public static final TableFindings NONE =
      new TableFindings(
          new SkippedRows(), Map.of(), OptionalInt.empty(), List.of(), List.of(), List.of());

  /** Returns the same findings for labels that have this number of classes. */
  public TableFindings withClasses(int number) {
    return new TableFindings(skipped, unknown, OptionalInt.of(number), targets, widths, columns);
  }
}
