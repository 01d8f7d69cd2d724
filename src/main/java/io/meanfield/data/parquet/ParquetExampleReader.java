package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;

/**
 * Converts rows of Parquet files to examples; travels to the executors that read the rows.
 *
 * @param starts the position of the first row of each file, by path
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetExampleReader(
    ParquetColumns columns,
    TableEncoder encoder,
    IdAssigner ids,
    Map<String, Long> starts,
    int classes,
    String display)
    implements Serializable {

  /** Returns the first column of every row, which contains strings. */
  static String[] strings(Iterator<Row> rows) {
    List<String> strings = new ArrayList<>();
    rows.forEachRemaining(row -> strings.add(row.getString(0)));
    return strings.toArray(String[]::new);
  }

  /** Returns the first column of every row, which contains integers. */
  static long[] numbers(Iterator<Row> rows) {
    LongStream.Builder numbers = LongStream.builder();
    rows.forEachRemaining(row -> numbers.add(row.getLong(0)));
    return numbers.build().toArray();
  }

  /** The number of values that a network sees of one example. */
  int width() {
    return columns.features().width() + encoder.categoricalInputs();
  }

  int blockSize() {
    boolean images = columns.features().images();
    return Dataset.blockSize(images ? width() : (long) width() * Float.BYTES);
  }

  /** Returns the rows in blocks, in the order of the iterator. */
  Iterator<Examples> read(Iterator<Row> rows) {
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
        return block(rows);
      }
    };
  }

  private Examples block(Iterator<Row> rows) {
    ExamplesBuilder block =
        new ExamplesBuilder(
            blockSize(),
            width(),
            columns.features().images(),
            ids.hasExternalIds(),
            columns.schema().targetKind());
    while (!block.isFull() && rows.hasNext()) {
      add(rows.next(), block);
    }
    return block.build();
  }

  private void add(Row row, ExamplesBuilder block) {
    String id = columns.id(row);
    block.row(ids.of(id, starts.get(columns.file(row)) + columns.rowInFile(row)));
    if (ids.hasExternalIds()) {
      block.externalId(id);
    }
    addCategorical(row, addFeatures(row, block), block);
    columns.label(row).ifPresent(label -> block.label(classIndex(label)));
    addTargets(row, block);
  }

  private int classIndex(String label) {
    String column = columns.schema().label().get(0);
    return LabelEncoder.code(column, label, Optional.of(encoder), classes, display);
  }

  /** Adds the features; returns the index after the last of them. */
  private int addFeatures(Row row, ExamplesBuilder block) {
    ParquetNumericColumns features = columns.features();
    int index = 0;
    for (int i = 0; i < features.columns().size(); i++) {
      int column = columns.firstFeature() + i;
      if (row.get(column) instanceof byte[] pixels) {
        requireLength(pixels.length, width(), row, features.columns().get(i));
        block.pixels(pixels);
      } else {
        index = addNumbers(row, column, features, i, index, block::feature);
      }
    }
    return index;
  }

  private void addCategorical(Row row, int first, ExamplesBuilder block) {
    int column = columns.firstCategorical();
    int index = first;
    for (Vocabulary vocabulary : encoder.categorical()) {
      block.feature(index + encoder.code(vocabulary, row.getString(column++), display), 1);
      index += encoder.inputs(vocabulary);
    }
  }

  private void addTargets(Row row, ExamplesBuilder block) {
    ParquetNumericColumns targets = columns.targets();
    int index = 0;
    for (int i = 0; i < targets.columns().size(); i++) {
      index = addNumbers(row, columns.firstTarget() + i, targets, i, index, block::target);
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
    if (value instanceof scala.collection.Seq<?>) {
      List<Object> all = row.getList(column);
      requireLength(all.size(), expected, row, name);
      for (int k = 0; k < expected; k++) {
        sink.put(index + k, number(all.get(k), row, name));
      }
    } else {
      sink.put(index, number(value, row, name));
    }
    return index + expected;
  }

  private float number(Object value, Row row, String column) {
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (value instanceof Number number && Float.isFinite(number.floatValue())) {
      return number.floatValue();
    }
    throw invalidValue(
        row,
        column,
        (value == null ? "has no value" : "is " + value) + ", expected a finite number");
  }

  private void requireLength(int found, int expected, Row row, String column) {
    if (found != expected) {
      throw invalidValue(row, column, "contains " + found + " numbers, expected " + expected);
    }
  }

  private UserException invalidValue(Row row, String column, String problem) {
    String file = columns.file(row);
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        file.substring(file.lastIndexOf('/') + 1)
            + " of "
            + display
            + ", row "
            + columns.rowInFile(row)
            + ": column "
            + column
            + " "
            + problem);
  }
}
