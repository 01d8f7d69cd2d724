package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.CategoryWriter;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Converts rows that have been checked to examples; travels to the executors that read the rows.
 *
 * @param categories writes what follows the numbers of the features
 */
@DefaultSerializer(JavaSerializer.class)
record RowReader(RowValues values, TableEncoder encoder, CategoryWriter categories, int classes)
    implements Serializable {
  private static final int ROWS_AT_A_TIME = 256;

  static RowReader of(RowValues values, TableEncoder encoder, int classes) {
    List<FeatureColumn> features = encoder.columns();
    FrameColumns.Numbers plain = values.columns().features();
    int numbers =
        IntStream.range(0, features.size()).map(i -> inputs(features.get(i), plain, i)).sum();
    return new RowReader(values, encoder, CategoryWriter.of(encoder, numbers), classes);
  }

  private static int inputs(FeatureColumn column, FrameColumns.Numbers plain, int i) {
    return column.isPlain() ? plain.widths().get(i) : column.inputs();
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
   * @param ids the numbers of the rows from {@code first} on
   */
  Examples block(RowPart rows, int first, long[] ids) {
    int count = ids.length;
    Examples block = allocate(ids);
    // The inputs of some rows stay in the cache of the processor while their columns are read.
    for (int row = 0; row < count; row += ROWS_AT_A_TIME) {
      int some = Math.min(ROWS_AT_A_TIME, count - row);
      addFeatures(rows, first + row, some, row, block.features());
      for (int i = row; i < row + some; i++) {
        rows.moveTo(first + i);
        add(rows, i, block);
      }
    }
    return block;
  }

  /** Returns the values of the categorical columns of a row, empty ones for missing values. */
  String[] categories(RowPart rows, int row) {
    rows.moveTo(row);
    return IntStream.range(0, encoder.categorical().size())
        .mapToObj(i -> values.category(rows, i))
        .toArray(String[]::new);
  }

  private Examples allocate(long[] ids) {
    int count = ids.length;
    TableSchema schema = columns().schema();
    int width = width();
    return new Examples(
        ids,
        new String[schema.id().isEmpty() ? 0 : count],
        columns().features().images()
            ? new Features.Pixels(new byte[Math.multiplyExact(count, width)], width)
            : new Features.Floats(new float[Math.multiplyExact(count, width)], width),
        schema.targetKind().allocate(count),
        new float[schema.isWeighted() ? count : 0]);
  }

  private void add(RowPart row, int to, Examples block) {
    if (!columns().schema().id().isEmpty()) {
      block.externalIds()[to] = values.id(row);
    }
    if (block.features() instanceof Features.Floats inputs) {
      for (int i = 0; i < encoder.categorical().size(); i++) {
        String value = values.category(row, i);
        categories.write(i, value, values.place().display(), inputs.values(), to * inputs.width());
      }
    }
    if (block.targets() instanceof Targets.Classes classes) {
      classes.labels()[to] = classIndex(values.label(row));
    } else if (block.targets() instanceof Targets.Values targets) {
      values.targets(row, targets.values(), to * targets.width());
    }
    if (columns().schema().isWeighted()) {
      block.weights()[to] = values.weight(row);
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
  private void addFeatures(RowPart rows, int first, int count, int to, Features block) {
    FrameColumns.Numbers plain = columns().features();
    int index = 0;
    for (int i = 0; i < encoder.columns().size(); i++) {
      FeatureColumn column = encoder.columns().get(i);
      if (column.isPlain() && plain.arrays().get(i)) {
        for (int row = 0; row < count; row++) {
          rows.moveTo(first + row);
          addArray(rows, i, (to + row) * block.width() + index, block);
        }
      } else {
        float[] inputs = ((Features.Floats) block).values();
        double[] numbers = values.features(rows, i, first, count);
        for (int row = 0; row < count; row++) {
          int offset = (to + row) * block.width();
          column.write(numbers[row], inputs, offset + index);
          categories.writeParts(i, numbers[row], inputs, offset);
        }
      }
      index += inputs(column, plain, i);
    }
  }

  private void addArray(RowPart row, int i, int to, Features block) {
    String name = columns().features().columns().get(i);
    int width = columns().features().widths().get(i);
    if (block instanceof Features.Pixels pixels) {
      System.arraycopy(values.pixels(row, i, name, width), 0, pixels.values(), to, width);
    } else if (block instanceof Features.Floats floats) {
      System.arraycopy(values.several(row, i, name, width), 0, floats.values(), to, width);
    }
  }
}
