package io.meanfield.data.parquet;

import io.meanfield.data.InvalidRowException;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.IntegerValues;
import io.meanfield.data.parquet.rowgroup.TextValues;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The classes of a column of labels. The class of each label is determined once. */
final class FlatLabels {
  private static final int UNKNOWN = -1;
  private static final int REMEMBERED = 256;

  private final ParquetExampleReader examples;
  private final ColumnValues labels;
  private final int[] ofIntegers = new int[REMEMBERED];
  private final Map<Object, Integer> ofNames = new HashMap<>();

  FlatLabels(ParquetExampleReader examples, ColumnValues labels) {
    this.examples = examples;
    this.labels = labels;
    Arrays.fill(ofIntegers, UNKNOWN);
  }

  /**
   * Returns the class of a row.
   *
   * @throws InvalidRowException without the location of the row, if there is no such class
   */
  int of(int row) {
    if (labels.isMissing(row)) {
      throw InvalidRowException.ofValue(
          "", examples.labelColumn(), "", "has no value, expected a label");
    }
    return labels instanceof IntegerValues integers ? ofInteger(integers, row) : ofName(row);
  }

  private int ofInteger(IntegerValues integers, int row) {
    long label = integers.integer(row);
    if (label < 0 || label >= REMEMBERED) {
      return found(row);
    }
    if (ofIntegers[(int) label] == UNKNOWN) {
      ofIntegers[(int) label] = found(row);
    }
    return ofIntegers[(int) label];
  }

  private int ofName(int row) {
    TextValues names = (TextValues) labels;
    Integer known = ofNames.get(names.key(row));
    if (known != null) {
      return known;
    }
    int found = found(row);
    // There are as many names as classes at most.
    ofNames.put(names.copiedKey(row), found);
    return found;
  }

  private int found(int row) {
    return examples.classIndex(labels.text(row).orElseThrow());
  }
}
