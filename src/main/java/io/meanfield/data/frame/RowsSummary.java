package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.encoding.SkippedRows;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What depends on all rows of a table. */
@DefaultSerializer(JavaSerializer.class)
final class RowsSummary implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_PROBLEMS = 5;

  // The column with the ids; none if there is none.
  private final List<String> id;
  // The number of rows that can be used in each partition.
  private final long[] rows;
  private final SkippedRows skipped;
  private final List<SortedSet<String>> categories;
  private final SortedSet<String> labels;
  // An id that occurs twice; empty if there is none.
  private final SortedSet<String> repeated;
  private final List<TableStatistics> counted;
  // Keys by which the rows of each partition are divided: of all rows, or of every n-th one.
  private final long[][] keys;

  private RowsSummary(
      List<String> id,
      long[] rows,
      SkippedRows skipped,
      List<SortedSet<String>> categories,
      SortedSet<String> labels,
      SortedSet<String> repeated,
      List<TableStatistics> counted) {
    this.id = id;
    this.rows = rows;
    this.skipped = skipped;
    this.categories = categories;
    this.labels = labels;
    this.repeated = repeated;
    this.counted = counted;
    this.keys = new long[rows.length][0];
  }

  /** Returns the rows that cannot be used. */
  SkippedRows skipped() {
    return skipped;
  }

  /**
   * Returns for each categorical column its different values, or more than a vocabulary may have;
   * none for texts.
   */
  List<SortedSet<String>> categories() {
    return categories;
  }

  /** Returns the different labels. */
  SortedSet<String> labels() {
    return labels;
  }

  /** Returns the statistics of the training rows to add to; empty if they were not asked for. */
  List<TableStatistics> counted() {
    return counted;
  }

  /**
   * Starts without rows.
   *
   * @param partitions the number of partitions
   */
  static RowsSummary empty(int partitions, TableSchema schema, List<TableStatistics> counted) {
    return new RowsSummary(
        schema.id(),
        new long[partitions],
        new SkippedRows(),
        schema.categorical().stream().<SortedSet<String>>map(column -> new TreeSet<>()).toList(),
        new TreeSet<>(),
        new TreeSet<>(),
        counted);
  }

  /** Returns the keys by which the rows are divided, of all rows or of every n-th one. */
  long[] keys() {
    return Arrays.stream(keys).flatMapToLong(Arrays::stream).toArray();
  }

  /** Returns the keys of each partition; empty unless they are the keys of all rows. */
  Optional<long[][]> allKeys() {
    return Arrays.stream(keys).mapToLong(each -> each.length).sum() == used()
        ? Optional.of(keys)
        : Optional.empty();
  }

  /**
   * Checks the rows of a partition, whose equal ids follow each other.
   *
   * @param keyEvery the distance, in the order of the keys, of the keys that are kept
   */
  void add(RowCheck check, RowPart part, int partition, int keyEvery) {
    LongStream.Builder found = LongStream.builder();
    IntFunction<Optional<SkippedRow>> problems = check.problems(part);
    String before = "";
    for (int row = 0; row < part.count(); row++) {
      Optional<SkippedRow> problem = problems.apply(row);
      if (problem.isPresent()) {
        skipped.add(problem.get());
      } else {
        rows[partition]++;
        before = add(check.values(), part, before);
        check.values().dividing().forEach(key -> found.add(check.values().dividingKey(part)));
      }
    }
    long[] sorted = found.build().sorted().toArray();
    keys[partition] =
        IntStream.iterate(keyEvery / 2, i -> i < sorted.length, i -> i + keyEvery)
            .mapToLong(i -> sorted[i])
            .toArray();
  }

  /** Adds a row; returns its id, empty if the schema has none. */
  private String add(RowValues values, RowPart row, String idBefore) {
    TableSchema schema = values.columns().schema();
    for (int i = 0; i < categories.size(); i++) {
      if (!schema.isText(i)) {
        add(values.category(row, i), categories.get(i));
      }
    }
    if (!schema.label().isEmpty()) {
      add(values.label(row), labels);
    }
    if (schema.id().isEmpty()) {
      return "";
    }
    String id = values.id(row);
    if (id.equals(idBefore)) {
      add(id, repeated);
    }
    return id;
  }

  private static void add(String value, SortedSet<String> values) {
    // One value more than the maximum, so that the driver can report an error.
    if (!value.isEmpty() && values.size() <= Vocabulary.MAX_VALUES) {
      values.add(value);
    }
  }

  /** Adds the rows of other partitions and returns this summary. */
  RowsSummary plus(RowsSummary other) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] += other.rows[i];
      keys[i] = other.rows[i] == 0 ? keys[i] : other.keys[i]; // a partition is in one summary
    }
    skipped.plus(other.skipped);
    for (int i = 0; i < categories.size(); i++) {
      SortedSet<String> values = categories.get(i);
      other.categories.get(i).forEach(value -> add(value, values));
    }
    other.labels.forEach(value -> add(value, labels));
    other.repeated.forEach(value -> add(value, repeated));
    for (int i = 0; i < counted.size(); i++) {
      counted.get(i).plus(other.counted.get(i));
    }
    return this;
  }

  /**
   * Returns the statistics of the training rows; empty if they were not asked for, or if rows that
   * cannot be used have changed the numbers of the others.
   */
  Optional<TableStatistics> statistics() {
    return counted.stream().filter(each -> skipped.count() == 0).findFirst();
  }

  /** Returns the number of the first usable row of each partition. */
  long[] starts() {
    long[] starts = new long[rows.length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + rows[i - 1];
    }
    return starts;
  }

  /** Returns the number of classes that the labels have; empty if there are no labels. */
  OptionalInt classes(TableEncoder encoder) {
    return labels.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            encoder
                .labels()
                .map(names -> names.values().size())
                .orElseGet(() -> 1 + labels.stream().mapToInt(Integer::parseInt).max().orElse(0)));
  }

  /**
   * Throws if rows cannot be used.
   *
   * @param skipsBadRows whether others are enough
   * @param display the location of the table
   */
  void requireUsable(boolean skipsBadRows, String display) {
    if (skipped.count() > 0 && !skipsBadRows) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, problems(display));
    }
    if (used() == 0) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE, "no row can be used: %s", skipped.text(0, display));
    }
    if (!repeated.isEmpty()) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has the id %s twice in column %s; ids must be unique",
          display,
          repeated.first(),
          id.get(0));
    }
  }

  private String problems(String display) {
    List<String> lines =
        skipped.listed().stream()
            .map(SkippedRow::text)
            .distinct() // rows without ids have the same place
            .limit(SHOWN_PROBLEMS)
            .collect(Collectors.toCollection(ArrayList::new));
    long more = skipped.count() - lines.size();
    if (more > 0) {
      lines.add("and %s more rows of %s are wrong".formatted(more, display));
    }
    return "%s; correct the data, or leave such rows out with data.bad-rows = skip"
        .formatted(String.join("\n", lines));
  }

  /** Returns the categories of each column that an encoder does not know. */
  Map<String, List<String>> unknown(TableEncoder encoder) {
    Map<String, List<String>> unknown = new HashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      Vocabulary known = encoder.categorical().get(i);
      SortedSet<String> found = new TreeSet<>(categories.get(i));
      found.removeAll(known.values());
      unknown.put(known.column(), List.copyOf(found));
    }
    return unknown;
  }

  /** The number of rows that can be used. */
  long used() {
    return Arrays.stream(rows).sum();
  }
}
