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
import io.meanfield.data.table.TableSchema;
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
 * How rows of Parquet files become examples; travels to where they are read. A row is: file, row in
 * it, id if there are ids, features, categories, label if there is one, targets.
 *
 * @param starts the positions of the files' first rows
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetExampleReader(
    TableSchema layout,
    ParquetNumericColumns features,
    ParquetNumericColumns targets,
    TableEncoder encodings,
    IdAssigner ids,
    Map<String, Long> starts,
    int classes,
    int width,
    String shown)
    implements Serializable {

  /** The first column of every row, which is a text. */
  static String[] texts(Iterator<Row> rows) {
    List<String> texts = new ArrayList<>();
    rows.forEachRemaining(row -> texts.add(row.getString(0)));
    return texts.toArray(String[]::new);
  }

  /** The first column of every row, which is a whole number. */
  static long[] numbers(Iterator<Row> rows) {
    LongStream.Builder numbers = LongStream.builder();
    rows.forEachRemaining(row -> numbers.add(row.getLong(0)));
    return numbers.build().toArray();
  }

  int blockSize() {
    return Dataset.blockSize(features.images() ? width : (long) width * Float.BYTES);
  }

  /** The rows in blocks, as they come. */
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
            blockSize(), width, features.images(), ids.hasExternalIds(), layout.targetKind());
    while (!block.isFull() && rows.hasNext()) {
      add(rows.next(), block);
    }
    return block.build();
  }

  private void add(Row row, ExamplesBuilder block) {
    int column = 2;
    String id = layout.id().isEmpty() ? "" : row.getString(column++);
    long position = starts.get(row.getString(0)) + row.getLong(1);
    block.row(ids.of(id, position));
    if (ids.hasExternalIds()) {
      block.externalId(id);
    }
    int place = 0;
    for (int i = 0; i < features.columns().size(); i++) {
      if (row.get(column) instanceof byte[] pixels) {
        requireLength(pixels.length, width, row, features.columns().get(i));
        block.pixels(pixels);
      } else {
        place = addNumbers(row, column, features, i, place, block::feature);
      }
      column++;
    }
    for (Vocabulary category : encodings.categories()) {
      block.feature(place + encodings.code(category, row.getString(column++), shown), 1);
      place += encodings.inputs(category);
    }
    for (String label : layout.label()) {
      String written = row.getString(column++);
      block.label(LabelEncoder.code(label, written, Optional.of(encodings), classes, shown));
    }
    place = 0;
    for (int i = 0; i < targets.columns().size(); i++) {
      place = addNumbers(row, column++, targets, i, place, block::target);
    }
  }

  /** Takes a number to its place. */
  @FunctionalInterface
  private interface Sink {
    void put(int place, float number);
  }

  /** Returns the place behind the numbers. */
  private int addNumbers(
      Row row, int column, ParquetNumericColumns numbers, int i, int place, Sink sink) {
    String name = numbers.columns().get(i);
    int expected = numbers.widths().get(i);
    Object value = row.get(column);
    if (value instanceof scala.collection.Seq<?>) {
      List<Object> all = row.getList(column);
      requireLength(all.size(), expected, row, name);
      for (int each = 0; each < expected; each++) {
        sink.put(place + each, number(all.get(each), row, name));
      }
    } else {
      sink.put(place, number(value, row, name));
    }
    return place + expected;
  }

  private float number(Object value, Row row, String column) {
    if (value instanceof Boolean yes) {
      return yes ? 1 : 0;
    }
    if (value instanceof Number number && Float.isFinite(number.floatValue())) {
      return number.floatValue();
    }
    throw wrong(
        row,
        column,
        (value == null ? "has no value" : "is " + value) + ", expected a finite number");
  }

  private void requireLength(int found, int expected, Row row, String column) {
    if (found != expected) {
      throw wrong(row, column, "holds " + found + " numbers, expected " + expected);
    }
  }

  private UserException wrong(Row row, String column, String what) {
    String file = row.getString(0);
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        file.substring(file.lastIndexOf('/') + 1)
            + " of "
            + shown
            + ", row "
            + row.getLong(1)
            + ": column "
            + column
            + " "
            + what);
  }
}
