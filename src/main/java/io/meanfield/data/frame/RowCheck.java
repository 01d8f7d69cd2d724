package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.InvalidRowException;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds the rows that cannot be used; travels to executors.
 *
 * @param known whether the encoder is that of a model, which must have a code for each value
 * @param numbered whether the labels of a new table must be whole numbers
 */
@DefaultSerializer(JavaSerializer.class)
record RowCheck(RowValues values, boolean known, boolean numbered, int classes)
    implements Serializable {

  /**
   * Returns the function of a row that returns why it cannot be used; empty if it can. It moves to
   * the row, and looks at its numbers again only if one of them is not finite.
   */
  IntFunction<Optional<SkippedRow>> problems(RowPart rows) {
    int[] all = IntStream.range(0, values.typed().columns().size()).toArray();
    int[] others = Arrays.stream(all).filter(i -> !rows.hasNumbers(i)).toArray();
    BitSet doubtful = new BitSet();
    Arrays.stream(all).filter(rows::hasNumbers).forEach(i -> rows.addNotFinite(i, doubtful));
    return row -> problem(rows, row, doubtful.get(row) ? all : others);
  }

  private Optional<SkippedRow> problem(RowPart rows, int row, int[] features) {
    rows.moveTo(row);
    try {
      require(rows, features);
      return Optional.empty();
    } catch (InvalidRowException e) {
      return Optional.of(SkippedRow.of(values.placeOf(rows), e));
    }
  }

  private void require(RowPart row, int[] features) {
    TableSchema schema = values.columns().schema();
    values.requireFields(row);
    if (!schema.id().isEmpty()) {
      values.id(row);
    }
    if (!values.dividing().isEmpty()) {
      values.dividingKey(row);
    }
    requireFeatures(row, features);
    for (int i = 0; i < schema.categorical().size(); i++) {
      requireCategory(values.category(row, i), i, schema.isText(i));
    }
    if (!schema.label().isEmpty()) {
      requireLabel(values.label(row));
    }
    FrameColumns.Numbers targets = values.columns().targets();
    for (int i = 0; i < targets.columns().size(); i++) {
      requireNumbers(row, values.columns().schema().firstTarget() + i, targets, i);
    }
    if (schema.isWeighted()) {
      values.weight(row);
    }
  }

  private void requireFeatures(RowPart row, int[] features) {
    for (int i : features) {
      if (values.typed().columns().get(i).isPlain()) {
        requireNumbers(row, i, values.columns().features(), i);
      } else {
        values.feature(row, i);
      }
    }
  }

  private void requireNumbers(RowPart row, int column, FrameColumns.Numbers numbers, int i) {
    String name = numbers.columns().get(i);
    if (numbers.images()) {
      values.pixels(row, column, name, numbers.widths().get(i));
    } else if (numbers.arrays().get(i)) {
      values.several(row, column, name, numbers.widths().get(i));
    } else {
      values.single(row, column, name);
    }
  }

  private void requireCategory(String value, int i, boolean isText) {
    if (known && !isText) {
      values.typed().code(values.typed().categorical().get(i), value, values.place().display());
    }
  }

  private void requireLabel(String label) {
    String place = values.place().display();
    if (known) {
      LabelEncoder.code(column(), label, Optional.of(values.typed()), classes, place);
    } else if (numbered) {
      LabelEncoder.requireNumber(column(), label, place, classes);
    }
  }

  private String column() {
    return values.columns().schema().label().get(0);
  }
}
