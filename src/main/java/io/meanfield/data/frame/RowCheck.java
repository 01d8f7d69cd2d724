package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.packed.Cells;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds the rows that cannot be used; travels to executors.
 *
 * @param known the encoder of a model, which must have a code for each value; empty for a new table
 * @param numbered whether the labels of a new table must be class numbers
 */
@DefaultSerializer(JavaSerializer.class)
record RowCheck(RowValues values, List<TableEncoder> known, boolean numbered, int classes)
    implements Serializable {

  /**
   * Returns the function of a row that returns why it cannot be used; empty if it can. It moves to
   * the row.
   */
  IntFunction<Optional<SkippedRow>> problems(Cells rows) {
    int[] all = IntStream.range(0, values.rules().features().size()).toArray();
    return row -> problem(rows, row, all);
  }

  /** Returns the same function, which looks at numbers again only if one of a row is not finite. */
  IntFunction<Optional<SkippedRow>> problems(RowPart rows) {
    int[] all = IntStream.range(0, values.rules().features().size()).toArray();
    int[] others = Arrays.stream(all).filter(i -> !rows.hasNumbers(i)).toArray();
    BitSet doubtful = new BitSet();
    Arrays.stream(all).filter(rows::hasNumbers).forEach(i -> rows.addNotFinite(i, doubtful));
    return row -> problem(rows, row, doubtful.get(row) ? all : others);
  }

  private Optional<SkippedRow> problem(Cells rows, int row, int[] features) {
    rows.moveTo(row);
    try {
      require(rows, features);
      return Optional.empty();
    } catch (InvalidRowException e) {
      return Optional.of(SkippedRow.of(values.placeOf(rows), e));
    }
  }

  private void require(Cells row, int[] features) {
    TableSchema schema = values.columns().schema();
    values.requireFields(row);
    if (!schema.id().isEmpty()) {
      values.id(row);
    }
    requireFeatures(row, features);
    for (int i = 0; i < schema.categorical().size(); i++) {
      requireCategory(values.category(row, i), i);
    }
    if (!schema.label().isEmpty()) {
      requireLabel(values.label(row));
    }
    NumericColumns targets = values.columns().targets();
    for (int i = 0; i < targets.columns().size(); i++) {
      requireNumbers(row, values.columns().firstTarget() + i, targets, i);
    }
    if (schema.isWeighted()) {
      values.weight(row);
    }
  }

  private void requireFeatures(Cells row, int[] features) {
    for (int i : features) {
      if (values.rules().features().get(i).type() == ValueType.FLOAT) {
        requireNumbers(row, i, values.columns().features(), i);
      } else {
        values.feature(row, i);
      }
    }
  }

  private void requireNumbers(Cells row, int column, NumericColumns numbers, int i) {
    String name = numbers.columns().get(i);
    if (numbers.images()) {
      values.pixels(row, column, name, numbers.widths().get(i));
    } else if (numbers.arrays().get(i)) {
      values.several(row, column, name, numbers.widths().get(i));
    } else {
      values.single(row, column, name);
    }
  }

  private void requireCategory(String value, int i) {
    known.forEach(
        encoder -> encoder.code(encoder.categorical().get(i), value, values.place().display()));
  }

  private void requireLabel(String label) {
    if (numbered || !known.isEmpty()) {
      LabelEncoder.code(
          values.columns().schema().label().get(0),
          label,
          known.stream().findFirst(),
          classes,
          values.place().display());
    }
  }
}
