package io.meanfield.ml;

import io.meanfield.data.ColumnNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.util.MetadataUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/**
 * What a fit needs to know about all rows of a frame before it reads them, found in one pass.
 * Driver only.
 *
 * @param rows their number
 * @param marked the number of those that are marked for validation
 * @param largestLabel of type double
 * @param noClass the smallest label that is no class; empty if all are
 */
record FrameSummary(long rows, long marked, double largestLabel, Optional<Double> noClass) {

  /**
   * Reads the rows.
   *
   * @param complete the columns that must have a value in each row
   * @param mark the column that marks validation rows; empty for none
   * @throws UserException if there are no rows, or that names each column with missing values
   */
  static FrameSummary of(
      Dataset<Row> frame, List<String> complete, String labelCol, Optional<Column> mark) {
    Column label = ColumnNames.named(labelCol);
    Column isClass =
        label.geq(0).and(label.lt(Integer.MAX_VALUE)).and(label.equalTo(functions.floor(label)));
    List<Column> aggregates = new ArrayList<>();
    for (String column : complete) {
      Column isMissing = ColumnNames.named(column).isNull();
      aggregates.add(functions.count(functions.when(isMissing, true)));
    }
    aggregates.add(functions.count(functions.when(mark.orElse(functions.lit(false)), true)));
    aggregates.add(functions.max(label));
    aggregates.add(functions.min(functions.when(functions.not(isClass), label)));
    Row found =
        frame.agg(functions.count(functions.lit(1)), aggregates.toArray(Column[]::new)).first();
    requireValues(found, complete);
    int first = complete.size() + 1;
    return new FrameSummary(
        found.getLong(0),
        found.getLong(first),
        found.getDouble(first + 1),
        found.isNullAt(first + 2) ? Optional.empty() : Optional.of(found.getDouble(first + 2)));
  }

  private static void requireValues(Row counts, List<String> complete) {
    if (counts.getLong(0) == 0) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, TrainingFrame.DISPLAY + " of fit has no rows");
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < complete.size(); i++) {
      if (counts.getLong(i + 1) > 0) {
        missing.add(complete.get(i) + " (" + counts.getLong(i + 1) + " rows)");
      }
    }
    if (!missing.isEmpty()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          TrainingFrame.DISPLAY
              + " has no value in some of "
              + counts.getLong(0)
              + " rows of column "
              + String.join(", ", missing)
              + "; drop these rows with na().drop() or fill them, for example with Spark ML's"
              + " Imputer");
    }
  }

  /**
   * Returns the number of classes: that in the metadata of the label, as a StringIndexer writes it,
   * or one more than the largest label; at least 2.
   *
   * @throws UserException if a label is negative or has a fraction
   */
  int classes(StructField label) {
    noClass.ifPresent(
        wrong -> {
          throw new UserException(
              ErrorCode.DATA_UNREADABLE,
              "labelCol names the column "
                  + label.name()
                  + ", which has the label "
                  + wrong
                  + "; expected classes 0, 1, 2 …, for example from Spark ML's StringIndexer");
        });
    Option<Object> declared = MetadataUtils.getNumClasses(label);
    return Math.max(2, declared.isDefined() ? (Integer) declared.get() : (int) largestLabel + 1);
  }

  /**
   * Throws unless there are rows for training and rows for validation.
   *
   * @param mark the name of the column that marks validation rows
   */
  void requireBoth(String mark) {
    if (marked == 0 || marked == rows) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          "validationIndicatorCol names the column "
              + mark
              + ", which is true in "
              + marked
              + " of "
              + rows
              + " rows; expected rows for training and rows for validation");
    }
  }
}
