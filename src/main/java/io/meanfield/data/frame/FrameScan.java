package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.PackedRows;
import io.meanfield.data.frame.packed.RowPacker;
import io.meanfield.data.frame.packed.RowPart;
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
import scala.Tuple2;

/**
 * The first pass over the packed rows of a table, which shows how many there are, and what their
 * texts and arrays are, before rows are checked.
 *
 * @param ranges the number of rows whose keys have the same first bits, for each range of keys
 * @param columns what the texts of each column mean
 * @param lengths how many rows have arrays of which length, for each column of arrays
 * @param labels the number of labels that are integers, and that of all other labels
 */
@DefaultSerializer(JavaSerializer.class)
record FrameScan(
    long[] ranges,
    List<TextColumn> columns,
    Map<String, TreeMap<Integer, Long>> lengths,
    long[] labels)
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
   * The columns that are looked at, by their indices; travels to executors.
   *
   * @param texts the features that contain texts
   * @param arrays the columns of arrays, vectors or bytes, by name
   * @param label the labels; empty to leave them out
   * @param malformed the records with other fields than the header; empty if no record can
   */
  @DefaultSerializer(JavaSerializer.class)
  record Layout(
      List<Integer> texts,
      Map<String, Integer> arrays,
      List<Integer> label,
      List<Integer> malformed)
      implements Serializable {
    private FrameScan empty() {
      Map<String, TreeMap<Integer, Long>> lengths = new HashMap<>();
      arrays.keySet().forEach(name -> lengths.put(name, new TreeMap<>()));
      return new FrameScan(
          new long[RowPacker.MOST_PARTITIONS],
          texts.stream().map(column -> new TextColumn()).toList(),
          lengths,
          new long[2]);
    }

    /** Looks at packed rows. */
    FrameScan scan(Iterator<Tuple2<Integer, byte[]>> chunks, ColumnKind[] kinds) {
      FrameScan scan = empty();
      while (chunks.hasNext()) {
        PackedRows rows = PackedRows.of(chunks.next()._2());
        for (int row = 0; row < rows.count(); row++) {
          scan.ranges[RowPacker.partition(rows.key(row), scan.ranges.length)]++;
        }
        if (!texts.isEmpty() || !arrays.isEmpty() || !label.isEmpty()) {
          look(rows.unpacked(kinds), scan);
        }
      }
      return scan;
    }

    private void look(RowPart rows, FrameScan scan) {
      for (int row = 0; row < rows.count(); row++) {
        rows.moveTo(row);
        if (malformed.stream().allMatch(rows::isMissing)) {
          addRow(rows, scan);
        }
      }
    }

    private void addRow(RowPart row, FrameScan scan) {
      for (int i = 0; i < texts.size(); i++) {
        scan.columns.get(i).add(text(row, texts.get(i)));
      }
      arrays.forEach(
          (name, column) -> {
            if (!row.isMissing(column)) {
              scan.lengths.get(name).merge(row.length(column), 1L, Long::sum);
            }
          });
      for (int column : label) {
        String found = text(row, column);
        if (!found.isEmpty()) {
          scan.labels[LabelEncoder.isInteger(found) ? 0 : 1]++;
        }
      }
    }
  }

  private static String text(RowPart row, int column) {
    return row.isMissing(column) ? "" : row.text(column).strip();
  }

  /** Adds what other rows show. */
  FrameScan plus(FrameScan other) {
    Arrays.setAll(ranges, range -> ranges[range] + other.ranges[range]);
    IntStream.range(0, columns.size()).forEach(i -> columns.get(i).add(other.columns.get(i)));
    other.lengths.forEach(
        (name, found) ->
            found.forEach((length, rows) -> lengths.get(name).merge(length, rows, Long::sum)));
    Arrays.setAll(labels, i -> labels[i] + other.labels[i]);
    return this;
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
    return labels[0] >= labels[1];
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
