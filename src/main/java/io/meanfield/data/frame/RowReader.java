package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.CategoryWriter;
import io.meanfield.data.Dataset;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.FeatureColumn;
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

  /** Starts a block with room for a number of rows. */
  ExamplesBuilder builder(int capacity) {
    return new ExamplesBuilder(
        capacity,
        width(),
        columns().features().images(),
        !columns().schema().id().isEmpty(),
        columns().schema().targetKind(),
        columns().schema().isWeighted());
  }

  /** Adds a row to a block. */
  void add(Cells row, long id, ExamplesBuilder block) {
    block.row(id);
    if (!columns().schema().id().isEmpty()) {
      block.externalId(values.id(row));
    }
    addFeatures(row, block);
    for (int i = 0; i < encoder.categorical().size(); i++) {
      categories.write(i, values.category(row, i), values.place().display(), block::feature);
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

  private void addFeatures(Cells row, ExamplesBuilder block) {
    int index = 0;
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i) instanceof FeatureColumn.Plain) {
        index = addNumbers(row, i, columns().features(), i, index, block);
      } else {
        double value = values.feature(row, i);
        features.get(i).write(value, block::feature, index);
        categories.writeParts(i, value, block::feature);
        index += features.get(i).inputs();
      }
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

  /** Adds the numbers of a feature as they are; returns the index after the last of them. */
  private int addNumbers(
      Cells row, int column, NumericColumns numbers, int i, int index, ExamplesBuilder block) {
    String name = numbers.columns().get(i);
    int width = numbers.widths().get(i);
    if (numbers.images()) {
      block.pixels(values.pixels(row, column, name, width));
    } else if (numbers.arrays().get(i)) {
      float[] all = values.several(row, column, name, width);
      for (int k = 0; k < width; k++) {
        block.feature(index + k, all[k]);
      }
    } else {
      block.feature(index, values.single(row, column, name));
    }
    return index + width;
  }
}
