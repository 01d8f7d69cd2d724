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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The first pass over a table, which shows how many rows it has, and what its texts and arrays are,
 * before rows are checked.
 *
 * @param ranges the number of rows whose keys have the same first bits, for each range of keys
 * @param columns what the texts of each column mean
 * @param lengths how many rows have arrays of which length, for each column of arrays
 * @param numbered the number of labels that are integers
 * @param named the number of all other labels
 */
@DefaultSerializer(JavaSerializer.class)
record FrameScan(
    long[] ranges,
    List<TextColumn> columns,
    Map<String, TreeMap<Integer, Long>> lengths,
    long numbered,
    long named)
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

    /** Adds the values of another part. */
    void add(TextColumn other) {
      other.types.forEach((type, count) -> types.merge(type, count, Long::sum));
      other.texts.forEach(this::addText);
      untyped += other.untyped;
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
   * @param key of the order of the rows
   * @param texts the columns of features that contain texts
   * @param arrays the columns of arrays, vectors or bytes
   * @param label the column of labels; empty to leave them out
   */
  static FrameScan of(
      Table table,
      Column key,
      List<String> texts,
      List<String> arrays,
      Optional<String> label,
      Optional<String> dateFormat) {
    StructType types = table.frame().schema();
    List<Column> read = new ArrayList<>();
    texts.forEach(name -> read.add(table.feature(name, types.apply(name), dateFormat)));
    arrays.forEach(name -> read.add(ColumnTypes.length(name, types.apply(name).dataType())));
    label.ifPresent(name -> read.add(ColumnNames.string(name)));
    table.malformed().ifPresent(name -> read.add(ColumnNames.named(name)));
    Layout layout =
        new Layout(texts.size(), arrays, label.isPresent(), table.malformed().isPresent());
    return table
        .select(read, List.of(key))
        .javaRDD()
        .mapPartitions(rows -> List.of(layout.scan(rows)).iterator())
        .treeReduce(FrameScan::plus);
  }

  /** The columns of the rows: texts, lengths of arrays, label, malformed record and key. */
  @DefaultSerializer(JavaSerializer.class)
  private record Layout(int texts, List<String> arrays, boolean hasLabel, boolean hasMalformed)
      implements Serializable {
    FrameScan scan(Iterator<Row> rows) {
      List<TextColumn> columns = IntStream.range(0, texts).mapToObj(i -> new TextColumn()).toList();
      Map<String, TreeMap<Integer, Long>> lengths = new HashMap<>();
      arrays.forEach(name -> lengths.put(name, new TreeMap<>()));
      long[] ranges = new long[RowPacker.MOST_PARTITIONS];
      long numbered = 0;
      long named = 0;
      while (rows.hasNext()) {
        Row row = rows.next();
        ranges[RowPacker.partition(row.getLong(row.size() - 1), ranges.length)]++;
        if (hasMalformed && !row.isNullAt(row.size() - 2)) {
          continue;
        }
        for (int i = 0; i < texts; i++) {
          columns.get(i).add(text(row, i));
        }
        for (int i = 0; i < arrays.size(); i++) {
          if (!row.isNullAt(texts + i)) {
            lengths.get(arrays.get(i)).merge(row.getInt(texts + i), 1L, Long::sum);
          }
        }
        String label = hasLabel ? text(row, texts + arrays.size()) : "";
        numbered += LabelEncoder.isInteger(label) ? 1 : 0;
        named += label.isEmpty() || LabelEncoder.isInteger(label) ? 0 : 1;
      }
      return new FrameScan(ranges, columns, lengths, numbered, named);
    }
  }

  private static String text(Row row, int column) {
    return row.isNullAt(column) ? "" : row.getString(column).strip();
  }

  private FrameScan plus(FrameScan other) {
    Arrays.setAll(ranges, range -> ranges[range] + other.ranges[range]);
    IntStream.range(0, columns.size()).forEach(i -> columns.get(i).add(other.columns.get(i)));
    other.lengths.forEach(
        (name, found) ->
            found.forEach((length, rows) -> lengths.get(name).merge(length, rows, Long::sum)));
    return new FrameScan(ranges, columns, lengths, numbered + other.numbered, named + other.named);
  }

  /** Returns the number of all rows. */
  long rows() {
    return Arrays.stream(ranges).sum();
  }

  /** Returns the number of the first row of each partition. */
  long[] starts(int partitions) {
    long[] starts = new long[partitions];
    int each = ranges.length / partitions;
    for (int i = 1; i < partitions; i++) {
      starts[i] = starts[i - 1] + Arrays.stream(ranges, (i - 1) * each, i * each).sum();
    }
    return starts;
  }

  /** Returns the length of most arrays of a column, of several the least; empty if it has none. */
  Optional<Integer> length(String column) {
    return lengths.get(column).entrySet().stream()
        .max(
            Map.Entry.<Integer, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey);
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
