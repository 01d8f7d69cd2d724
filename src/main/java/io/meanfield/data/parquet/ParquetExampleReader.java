package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.CategoryWriter;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.table.LabelEncoder;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Converts rows of Parquet files or DataFrames to examples; travels to the executors that read the
 * rows.
 *
 * @param features the columns of the encoder
 * @param categories writes what follows the numbers of the features
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetExampleReader(
    ParquetValues values,
    TableEncoder encoder,
    List<FeatureColumn> features,
    CategoryWriter categories,
    ParquetIds ids,
    int classes)
    implements Serializable {
  static ParquetExampleReader of(
      ParquetValues values, TableEncoder encoder, ParquetIds ids, int classes) {
    List<FeatureColumn> features = encoder.columns();
    ParquetNumericColumns plain = values.columns().features();
    int numbers =
        IntStream.range(0, features.size()).map(i -> inputs(features.get(i), plain, i)).sum();
    return new ParquetExampleReader(
        values, encoder, features, CategoryWriter.of(encoder, numbers), ids, classes);
  }

  private ParquetColumns columns() {
    return values.columns();
  }

  /** The number of values that a network sees of one example. */
  int width() {
    return categories.numbers() + encoder.categoricalInputs();
  }

  /** Returns the number of inputs of feature column {@code i}. */
  static int inputs(FeatureColumn column, ParquetNumericColumns plain, int i) {
    return column instanceof FeatureColumn.Plain ? plain.widths().get(i) : column.inputs();
  }

  int blockSize() {
    boolean images = columns().features().images();
    return Dataset.blockSize(images ? width() : (long) width() * Float.BYTES);
  }

  /** Returns the rows in blocks, in the order of the iterator. */
  Iterator<Examples> read(Iterator<Row> rows) {
    return read(rows, blockSize());
  }

  /**
   * Returns the rows in blocks, in the order of the iterator.
   *
   * @param most the number of rows that a block has at most
   */
  Iterator<Examples> read(Iterator<Row> rows, int most) {
    int capacity = Math.min(most, blockSize());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Examples next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return block(rows, capacity);
      }
    };
  }

  /** Returns at most {@code size} rows in one block. */
  Examples block(Iterator<Row> rows, int size) {
    ExamplesBuilder block = builder(size);
    while (!block.isFull() && rows.hasNext()) {
      add(rows.next(), block);
    }
    return block.build();
  }

  /**
   * Reads a row, whose id may be missing.
   *
   * @throws io.meanfield.data.InvalidRowException if it cannot be used
   */
  void check(Row row) {
    List<String> id = columns().schema().id();
    if (!id.isEmpty() && columns().id(row) == null) {
      throw values.invalid(row, id.get(0), "", "has no value, expected an id");
    }
    add(row, builder(1));
  }

  /** Starts a block with room for a number of rows. */
  ExamplesBuilder builder(int capacity) {
    return new ExamplesBuilder(
        capacity,
        width(),
        columns().features().images(),
        ids.assigner().hasExternalIds(),
        columns().schema().targetKind(),
        columns().schema().isWeighted());
  }

  private void add(Row row, ExamplesBuilder block) {
    block.row(ids.of(row));
    if (ids.assigner().hasExternalIds()) {
      block.externalId(columns().id(row));
    }
    addFeatures(row, block);
    addNames(row, block);
    addTargets(row, block);
    if (columns().schema().isWeighted()) {
      block.weight(values.weight(row));
    }
  }

  // Makes the location of a row only when it is needed, because that takes as long as the row.
  private void addNames(Row row, ExamplesBuilder block) {
    try {
      addCategorical(row, block);
      addLabel(row, block);
    } catch (InvalidRowException e) {
      throw e.at(values.location(row));
    }
  }

  private void addLabel(Row row, ExamplesBuilder block) {
    if (columns().schema().label().isEmpty()) {
      return;
    }
    String column = labelColumn();
    String label =
        columns()
            .label(row)
            .orElseThrow(() -> values.invalid(row, column, "", "has no value, expected a label"));
    block.label(classIndex(label));
  }

  /** The column with the labels; only if the schema has one. */
  String labelColumn() {
    return columns().schema().label().get(0);
  }

  /** Returns the class of a label; throws without the location of the row if there is none. */
  int classIndex(String label) {
    return LabelEncoder.code(labelColumn(), label, Optional.of(encoder), classes, values.display());
  }

  private void addFeatures(Row row, ExamplesBuilder block) {
    int index = 0;
    for (int i = 0; i < features.size(); i++) {
      index = addFeature(row, i, index, block);
    }
  }

  /** Adds a feature; returns the index after its numbers. */
  private int addFeature(Row row, int i, int index, ExamplesBuilder block) {
    if (features.get(i) instanceof FeatureColumn.Plain) {
      return addPlain(row, i, index, block);
    }
    double value = values.feature(row, i);
    features.get(i).write(value, block::feature, index);
    categories.writeParts(i, value, block::feature);
    return index + features.get(i).inputs();
  }

  private int addPlain(Row row, int i, int index, ExamplesBuilder block) {
    ParquetNumericColumns numbers = columns().features();
    int column = columns().firstFeature() + i;
    if (numbers.images() && row.get(column) instanceof byte[] pixels) {
      requireLength(pixels.length, numbers.widths().get(i), row, numbers.columns().get(i));
      block.pixels(pixels);
      return index;
    }
    return addNumbers(row, column, numbers, i, index, block::feature);
  }

  private void addCategorical(Row row, ExamplesBuilder block) {
    for (int i = 0; i < encoder.categorical().size(); i++) {
      categories.write(i, values.category(row, i), values.display(), block::feature);
    }
  }

  private void addTargets(Row row, ExamplesBuilder block) {
    ParquetNumericColumns targets = columns().targets();
    int index = 0;
    for (int i = 0; i < targets.columns().size(); i++) {
      index = addNumbers(row, columns().firstTarget() + i, targets, i, index, block::target);
    }
  }

  /** Stores a number at an index. */
  @FunctionalInterface
  private interface Sink {
    void put(int index, float number);
  }

  /** Adds the numbers of one column; returns the index after the last of them. */
  private int addNumbers(
      Row row, int column, ParquetNumericColumns numbers, int i, int index, Sink sink) {
    String name = numbers.columns().get(i);
    int expected = numbers.widths().get(i);
    Object value = row.get(column);
    if (value instanceof Vector vector) {
      requireLength(vector.size(), expected, row, name);
      addVector(vector.toArray(), index, sink, row, name);
    } else if (value instanceof scala.collection.Seq<?>) {
      List<Object> all = row.getList(column);
      requireLength(all.size(), expected, row, name);
      for (int k = 0; k < expected; k++) {
        sink.put(index + k, number(all.get(k), row, name));
      }
    } else {
      float number = number(value, row, name);
      requireLength(1, expected, row, name);
      sink.put(index, number);
    }
    return index + expected;
  }

  // Apart from other numbers, because a box for each number takes longer than all the rest.
  private void addVector(double[] numbers, int index, Sink sink, Row row, String column) {
    for (int k = 0; k < numbers.length; k++) {
      float number = (float) numbers[k];
      sink.put(index + k, Float.isFinite(number) ? number : number(numbers[k], row, column));
    }
  }

  private float number(Object value, Row row, String column) {
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (value instanceof Number number && Float.isFinite(number.floatValue())) {
      return number.floatValue();
    }
    if (value instanceof byte[]) {
      throw values.invalid(row, column, "", "contains bytes, expected a finite number");
    }
    throw values.invalid(
        row, column, value, ParquetValues.found(value) + ", expected a finite number");
  }

  private void requireLength(int found, int expected, Row row, String column) {
    if (found != expected) {
      throw values.invalid(row, column, "", "contains " + found + " numbers, expected " + expected);
    }
  }
}
