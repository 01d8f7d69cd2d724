package io.meanfield.data.parquet;

import io.meanfield.data.InvalidRowException;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.RowRange;
import io.meanfield.data.parquet.rowgroup.RowRangeReader;
import io.meanfield.data.parquet.rowgroup.UnreadValues;
import io.meanfield.data.table.FeatureRule;
import io.meanfield.data.table.TableRow;
import io.meanfield.data.table.TableRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The values of rows that are in arrays, which are checked as they are read; used by one task. */
final class FlatRows implements TableRow {
  private final RowRangeReader reader;
  private final ParquetValues values;
  private final List<ColumnValues> columns = new ArrayList<>();
  private final List<CategoryTexts> categories = new ArrayList<>();
  private final FeatureRule[] rules;
  private final ColumnValues[] features;
  private int row;

  private FlatRows(RowRangeReader reader, FlatColumns flat, ParquetValues values) {
    this.reader = reader;
    this.values = values;
    flat.indexes()
        .forEach(
            index ->
                columns.add(
                    index == FlatColumns.UNREAD ? new UnreadValues() : reader.values(index)));
    this.rules = values.rules().features().toArray(FeatureRule[]::new);
    int first = values.columns().schema().id().size();
    this.features = columns.subList(first, first + rules.length).toArray(ColumnValues[]::new);
    for (int i = 0; i < values.columns().schema().categorical().size(); i++) {
      categories.add(new CategoryTexts(columns.get(first + rules.length + i)));
    }
  }

  /** Opens the rows of a range; in a task, at whose end the file is closed. */
  static FlatRows open(
      RowRange range, FlatColumns columns, ParquetValues values, Configuration hadoop) {
    int longest =
        Stream.of(values.columns().features(), values.columns().targets())
            .flatMap(numbers -> numbers.widths().stream())
            .reduce(0, Math::max);
    return new FlatRows(reader(range, columns.read(), longest, hadoop), columns, values);
  }

  /**
   * Makes a reader of a range; in a task, at whose end the file is closed.
   *
   * @param longest the number of elements of an array that are kept at most
   */
  static RowRangeReader reader(
      RowRange range, List<FileColumn> columns, int longest, Configuration hadoop) {
    RowRangeReader reader = new RowRangeReader(range, columns, longest, hadoop);
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close(reader));
    return reader;
  }

  private static void close(RowRangeReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the next rows.
   *
   * @param most the number of rows at most
   */
  void next(int most) {
    reader.next(most);
  }

  boolean hasNext() {
    return reader.hasNext();
  }

  /** The number of rows that were read last. */
  int count() {
    return reader.rows();
  }

  /** Chooses one of the rows that were read last. */
  void select(int selected) {
    row = selected;
  }

  /** The selected row among those that were read last. */
  int row() {
    return row;
  }

  /** The position of the row in the data set. */
  long position() {
    return position(row);
  }

  /** Returns the position of a row in the data set. */
  long position(int ofRow) {
    return reader.position() + ofRow;
  }

  /** Returns the column of the ids; only if the schema has one. */
  ColumnValues id() {
    return columns.get(0);
  }

  /** Returns the ids of the rows that were read last; only if they are a column. */
  IdArray ids() {
    return FlatIds.of(id(), 0, count());
  }

  /** Returns the values of feature {@code i}. */
  ColumnValues featureValues(int i) {
    return features[i];
  }

  /** Returns the values of the label; only if the schema has one. */
  ColumnValues label() {
    return columns.get(firstLabel());
  }

  private int firstLabel() {
    return values.columns().schema().id().size() + features.length + categories.size();
  }

  /** Returns the values of target column {@code i}. */
  ColumnValues targetValues(int i) {
    return columns.get(firstLabel() + values.columns().schema().label().size() + i);
  }

  @Override
  public double feature(int i) {
    double number = features[i].number(row);
    if (isValid(i, number)) {
      return number;
    }
    throw invalid(rules[i].column(), features[i].text(row), rules[i].type().expected());
  }

  /**
   * Copies the numbers of feature {@code i} in some of the rows; NaN is a missing one.
   *
   * @param selected the first {@code count} are the rows
   * @return whether all numbers are valid; {@link #feature} throws for those that are not
   */
  boolean copyFeature(int i, int[] selected, int count, double[] target) {
    boolean areValid = true;
    for (int k = 0; k < count; k++) {
      double number = features[i].number(selected[k]);
      target[k] = number;
      areValid &= isValid(i, number);
    }
    return areValid;
  }

  private boolean isValid(int i, double number) {
    return Float.isFinite((float) number) || (Double.isNaN(number) && rules[i].acceptsMissing());
  }

  @Override
  public String category(int i) {
    String value = categories.get(i).text(row);
    return values.rules().acceptsUnknown() && value.isBlank() ? "" : value;
  }

  /** Returns the weight of the row; only if the schema has one. */
  float weight() {
    ColumnValues weights = columns.get(columns.size() - 1);
    float weight = weights.single(row);
    if (Float.isFinite(weight) && weight >= 0) {
      return weight;
    }
    throw invalid(
        values.columns().schema().weight().get(0), weights.text(row), TableRules.EXPECTED_WEIGHT);
  }

  /** Returns the exception of a value of the row. */
  InvalidRowException invalid(String column, Optional<String> value, String expected) {
    String found = ParquetValues.found(value) + ", expected " + expected;
    return InvalidRowException.ofValue(where(), column, value.orElse(""), found);
  }

  /** Returns the exception of the row. */
  InvalidRowException problem(String column, String problem) {
    return InvalidRowException.ofValue(where(), column, "", problem);
  }

  /** Returns where the row is, for messages. */
  String where() {
    return values.location(reader.file(), reader.firstInFile() + row);
  }
}
