package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.CategoryWriter;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.frame.packed.Cells;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.LabelEncoder;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Converts rows that have been checked to examples; travels to the executors that read the rows.
 *
 * @param features the columns of the encoder
 * @param categories writes what follows the numbers of the features
 */
@DefaultSerializer(JavaSerializer.class)
record RowReader(
    RowValues values,
    TableEncoder encoder,
    List<FeatureColumn> features,
    CategoryWriter categories,
    int classes)
    implements Serializable {
  static RowReader of(RowValues values, TableEncoder encoder, int classes) {
    List<FeatureColumn> features = encoder.columns();
    NumericColumns plain = values.columns().features();
    int numbers =
        IntStream.range(0, features.size()).map(i -> inputs(features.get(i), plain, i)).sum();
    return new RowReader(values, encoder, features, CategoryWriter.of(encoder, numbers), classes);
  }

  private static int inputs(FeatureColumn column, NumericColumns plain, int i) {
    return column instanceof FeatureColumn.Plain ? plain.widths().get(i) : column.inputs();
  }

  private FrameColumns columns() {
    return values.columns();
  }

  /** The number of values that a network sees of one example. */
  int width() {
    return categories.numbers() + encoder.categoricalInputs();
  }

  int blockSize() {
    boolean images = columns().features().images();
    return Dataset.blockSize(images ? width() : (long) width() * Float.BYTES);
  }

  /**
   * Returns rows as examples.
   *
   * @param count the number of rows from {@code first} on
   * @param id the number of the first row
   */
  Examples block(Cells rows, int first, int count, long id) {
    ExamplesBuilder block =
        new ExamplesBuilder(
            count,
            width(),
            columns().features().images(),
            !columns().schema().id().isEmpty(),
            columns().schema().targetKind(),
            columns().schema().isWeighted());
    // The inputs of some rows stay in the cache of the processor while their columns are read.
    for (int row = 0; row < count; row += RowPart.ROWS_AT_A_TIME) {
      int some = Math.min(RowPart.ROWS_AT_A_TIME, count - row);
      addFeatures(rows, first + row, some, row, block);
      for (int i = row; i < row + some; i++) {
        rows.moveTo(first + i);
        block.row(id + i);
        add(rows, block);
      }
    }
    return block.build();
  }

  private void add(Cells row, ExamplesBuilder block) {
    if (!columns().schema().id().isEmpty()) {
      block.externalId(values.id(row));
    }
    for (int i = 0; i < encoder.categorical().size(); i++) {
      categories.write(
          i,
          values.category(row, i),
          values.place().display(),
          block.features(),
          block.offset(block.rows() - 1));
    }
    if (!columns().schema().label().isEmpty()) {
      block.label(classIndex(values.label(row)));
    }
    addTargets(row, block);
    if (columns().schema().isWeighted()) {
      block.weight(values.weight(row));
    }
  }

  private int classIndex(String label) {
    return LabelEncoder.code(
        columns().schema().label().get(0),
        label,
        Optional.of(encoder),
        classes,
        values.place().display());
  }

  /** Adds the features of rows from {@code first} on, which are those from {@code to} on. */
  private void addFeatures(Cells rows, int first, int count, int to, ExamplesBuilder block) {
    NumericColumns plain = columns().features();
    int index = 0;
    for (int i = 0; i < features.size(); i++) {
      FeatureColumn column = features.get(i);
      if (column instanceof FeatureColumn.Plain && plain.arrays().get(i)) {
        for (int row = 0; row < count; row++) {
          rows.moveTo(first + row);
          addArray(rows, i, index, to + row, block);
        }
      } else {
        double[] numbers = values.features(rows, i, first, count);
        for (int row = 0; row < count; row++) {
          int offset = block.offset(to + row);
          column.write(numbers[row], block.features(), offset + index);
          categories.writeParts(i, numbers[row], block.features(), offset);
        }
      }
      index += inputs(column, plain, i);
    }
  }

  private void addArray(Cells row, int i, int index, int to, ExamplesBuilder block) {
    NumericColumns plain = columns().features();
    String name = plain.columns().get(i);
    int width = plain.widths().get(i);
    if (plain.images()) {
      block.pixels(to, values.pixels(row, i, name, width));
    } else {
      System.arraycopy(
          values.several(row, i, name, width),
          0,
          block.features(),
          block.offset(to) + index,
          width);
    }
  }

  private void addTargets(Cells row, ExamplesBuilder block) {
    NumericColumns targets = columns().targets();
    int index = 0;
    for (int i = 0; i < targets.columns().size(); i++) {
      int column = columns().firstTarget() + i;
      String name = targets.columns().get(i);
      if (targets.arrays().get(i)) {
        for (float number : values.several(row, column, name, targets.widths().get(i))) {
          block.target(index++, number);
        }
      } else {
        block.target(index++, values.single(row, column, name));
      }
    }
  }
}
