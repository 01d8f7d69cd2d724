package io.meanfield.ml;

import io.meanfield.data.ColumnNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
   * Reads all rows once.
   *
   * @throws UserException if there are none, or a value is missing that no preprocessing replaces;
   *     it names each column with missing values
   */
  static FrameSummary of(TrainingFrame frame) {
    TrainingFrame.FrameColumns columns = frame.columns();
    List<String> complete = new ArrayList<>(List.of(frame.rows().columns()));
    if (columns.features().preprocessed()) {
      complete.removeAll(columns.features().names());
    }
    return of(
        frame.rows(), complete, columns.label(), columns.validation().map(ColumnNames::named));
  }

  /**
   * Reads the rows.
   *
   * @param complete the columns that must have a value in each row
   * @param mark the column that marks validation rows; empty for none
   * @throws UserException if there are no rows, or that names each column with missing values
   */
  static FrameSummary of(
      Dataset<Row> frame, List<String> complete, String labelCol, Optional<Column> mark) {
    List<Column> missing =
        complete.stream().map(column -> ColumnNames.named(column).isNull()).toList();
    Column isMissing = missing.stream().reduce(functions.lit(false), Column::or);
    // An aggregate of Spark's would take up to three jobs.
    Pass all =
        frame
            .select(
                functions.when(isMissing, functions.array(missing.toArray(Column[]::new))),
                mark.orElse(functions.lit(false)),
                ColumnNames.named(labelCol))
            .javaRDD()
            .mapPartitions(rows -> List.of(Pass.of(rows, complete.size())).iterator())
            .fold(new Pass(complete.size()), Pass::plus); // an empty frame may have no partition
    requireValues(all, complete);
    return new FrameSummary(
        all.rows, all.marked, all.largestLabel, all.noClass.stream().findFirst());
  }

  /** The sums over some rows. */
  private static final class Pass implements Serializable {
    private static final long serialVersionUID = 1L;

    private long rows;
    private long marked;
    private double largestLabel = Double.NEGATIVE_INFINITY;
    private final TreeSet<Double> noClass = new TreeSet<>(); // the smallest one
    private final long[] missing;

    private Pass(int columns) {
      this.missing = new long[columns];
    }

    static Pass of(Iterator<Row> rows, int columns) {
      Pass pass = new Pass(columns);
      rows.forEachRemaining(pass::add);
      return pass;
    }

    private void add(Row row) {
      rows++;
      if (!row.isNullAt(0)) {
        List<Boolean> isMissing = row.getList(0);
        Arrays.setAll(missing, i -> missing[i] + (isMissing.get(i) ? 1 : 0));
      }
      marked += !row.isNullAt(1) && row.getBoolean(1) ? 1 : 0;
      if (!row.isNullAt(2)) {
        double label = row.getDouble(2);
        largestLabel = Math.max(largestLabel, label);
        boolean isClass = label >= 0 && label < Integer.MAX_VALUE && label == Math.floor(label);
        if (!isClass) {
          addNoClass(label);
        }
      }
    }

    private void addNoClass(double label) {
      noClass.add(label);
      if (noClass.size() > 1) {
        noClass.pollLast();
      }
    }

    Pass plus(Pass other) {
      rows += other.rows;
      marked += other.marked;
      largestLabel = Math.max(largestLabel, other.largestLabel);
      other.noClass.forEach(this::addNoClass);
      Arrays.setAll(missing, i -> missing[i] + other.missing[i]);
      return this;
    }
  }

  private static void requireValues(Pass all, List<String> complete) {
    if (all.rows == 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, TrainingFrame.DISPLAY + " has no rows");
    }
    String missing =
        IntStream.range(0, complete.size())
            .filter(i -> all.missing[i] > 0)
            .mapToObj(i -> complete.get(i) + " (" + all.missing[i] + " rows)")
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          TrainingFrame.DISPLAY
              + " has no value in some of "
              + all.rows
              + " rows of column "
              + missing
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
