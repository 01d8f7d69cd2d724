package io.meanfield.report.page;

import java.util.Arrays;
import java.util.List;

/**
 * A matrix whose values are colors, such as a confusion matrix. Values below 0 have another color
 * than those above.
 *
 * @param values [rows, columns]; a number that is not finite leaves its cell empty
 * @param rowTitle what the rows are: "actual"
 * @param columnTitle what the columns are: "predicted"
 */
public record HeatMap(
    String caption,
    List<String> rows,
    List<String> columns,
    double[][] values,
    String rowTitle,
    String columnTitle)
    implements Block {
  public HeatMap {
    Validity.text("the caption of a heat map", caption);
    Validity.text("the title of the rows", rowTitle);
    Validity.text("the title of the columns", columnTitle);
    rows = Validity.filled("heat map " + caption, "row", rows);
    columns = Validity.filled("heat map " + caption, "column", columns);
    Validity.size("rows of heat map " + caption, rows.size(), values.length);
    int width = columns.size();
    Arrays.stream(values)
        .forEach(row -> Validity.size("values in a row of a heat map", width, row.length));
  }
}
