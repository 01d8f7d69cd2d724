package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.packed.RowPacker;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A pass over the texts of a table, which shows what they mean before rows are checked.
 *
 * @param ranges the number of rows whose keys have the same first bits, for each range of keys
 * @param columns what the texts of each column mean
 * @param numbered the number of labels that are integers
 * @param named the number of all other labels
 */
@DefaultSerializer(JavaSerializer.class)
record TextScan(long[] ranges, List<TextColumn> columns, long numbered, long named)
    implements Serializable {
  /** What the texts of a column mean: how many of them have which type. */
  @DefaultSerializer(JavaSerializer.class)
  static final class TextColumn implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_COUNTED = 1_000;

    private final EnumMap<ValueType, Long> types = new EnumMap<>(ValueType.class);
    private final Set<String> texts = new HashSet<>();
    private long untyped;

    /** Adds a value, unless it is missing. */
    void add(String text) {
      if (!ValueType.isMissing(text)) {
        ValueType.of(text)
            .ifPresentOrElse(type -> types.merge(type, 1L, Long::sum), () -> untyped++);
        addText(text);
      }
    }

    private void addText(String text) {
      if (texts.size() <= MOST_COUNTED) {
        texts.add(text);
      }
    }

    /** Adds the values of another part and returns this one. */
    TextColumn plus(TextColumn other) {
      other.types.forEach((type, count) -> types.merge(type, count, Long::sum));
      other.texts.forEach(this::addText);
      untyped += other.untyped;
      return this;
    }

    /** Returns whether most values are neither numbers nor truth values nor times. */
    boolean isText() {
      return untyped > types.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns whether no row has a value. */
    boolean isEmpty() {
      return texts.isEmpty();
    }

    /** Returns the number of different values in words. */
    String differentValues() {
      return (texts.size() > MOST_COUNTED ? "more than " + MOST_COUNTED : texts.size())
          + " different value"
          + (texts.size() == 1 ? "" : "s");
    }

    /** Returns the type of most values, of several the first; a number if there are none. */
    ValueType type() {
      return types.entrySet().stream()
          .max(
              Map.Entry.<ValueType, Long>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
          .map(Map.Entry::getKey)
          .orElse(ValueType.NUMBER);
    }
  }

  /**
   * Reads columns of a table.
   *
   * @param texts the columns of features that contain texts
   * @param label the column of labels; empty to leave them out
   * @param key of the order of the rows
   */
  static TextScan of(
      Table table,
      List<String> texts,
      Optional<String> label,
      Optional<String> dateFormat,
      Column key) {
    Dataset<Row> frame = table.frame();
    List<Column> read = new ArrayList<>();
    texts.forEach(name -> read.add(table.feature(name, frame.schema().apply(name), dateFormat)));
    label.ifPresent(name -> read.add(ColumnNames.string(name)));
    int width = texts.size();
    boolean hasLabel = label.isPresent();
    return frame
        .select(
            RowOrder.numbered(
                read,
                Stream.concat(table.malformed().map(ColumnNames::named).stream(), Stream.of(key))
                    .toList()))
        .javaRDD()
        .mapPartitions(rows -> List.of(of(rows, width, hasLabel)).iterator())
        .treeReduce(TextScan::plus);
  }

  private static TextScan of(Iterator<Row> rows, int width, boolean hasLabel) {
    List<TextColumn> columns = IntStream.range(0, width).mapToObj(i -> new TextColumn()).toList();
    long[] ranges = new long[RowPacker.MOST_PARTITIONS];
    long numbered = 0;
    long named = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      ranges[RowPacker.partition(row.getLong(row.size() - 1), ranges.length)]++;
      int malformed = width + (hasLabel ? 1 : 0);
      if (row.size() - 1 > malformed && !row.isNullAt(malformed)) {
        continue;
      }
      for (int i = 0; i < width; i++) {
        columns.get(i).add(text(row, i));
      }
      String label = hasLabel ? text(row, width) : "";
      numbered += LabelEncoder.isInteger(label) ? 1 : 0;
      named += label.isEmpty() || LabelEncoder.isInteger(label) ? 0 : 1;
    }
    return new TextScan(ranges, columns, numbered, named);
  }

  private static String text(Row row, int column) {
    return row.isNullAt(column) ? "" : row.getString(column).strip();
  }

  private TextScan plus(TextScan other) {
    Arrays.setAll(ranges, range -> ranges[range] + other.ranges[range]);
    return new TextScan(
        ranges,
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i).plus(other.columns.get(i)))
            .toList(),
        numbered + other.numbered,
        named + other.named);
  }

  /** Returns the number of all rows. */
  long rows() {
    return Arrays.stream(ranges).sum();
  }

  /** Returns whether most labels are the numbers of classes. */
  boolean hasNumberedLabels() {
    return numbered >= named;
  }

  /**
   * Throws if columns contain text; the message names all of them.
   *
   * @param names of the columns
   */
  void requireNoText(List<String> names, String display) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (columns.get(i).isText()) {
        texts.add(names.get(i) + " (" + columns.get(i).differentValues() + ")");
      }
    }
    if (!texts.isEmpty()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display
              + " has text in "
              + (texts.size() == 1 ? "column " : "columns ")
              + String.join(", ", texts)
              + ", expected numbers, true or false, or dates; name each of these columns in"
              + " data.columns.categorical or data.columns.exclude");
    }
  }
}
