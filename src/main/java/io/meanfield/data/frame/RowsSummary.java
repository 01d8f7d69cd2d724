package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.SkippedRows;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * What depends on all rows of a table.
 *
 * @param rows the number of rows that can be used in each partition
 * @param skipped the other rows
 * @param categories for each categorical column its different values, or more than a vocabulary may
 *     have
 * @param labels the different labels
 * @param repeated an id that occurs twice; empty if there is none
 */
@DefaultSerializer(JavaSerializer.class)
record RowsSummary(
    long[] rows,
    SkippedRows skipped,
    List<TreeSet<String>> categories,
    TreeSet<String> labels,
    TreeSet<String> repeated)
    implements Serializable {

  /**
   * Starts without rows.
   *
   * @param partitions the number of partitions
   */
  static RowsSummary empty(int partitions, TableSchema schema) {
    List<TreeSet<String>> categories = new ArrayList<>();
    schema.categorical().forEach(column -> categories.add(new TreeSet<>()));
    long[] rows = new long[partitions];
    return new RowsSummary(rows, new SkippedRows(), categories, new TreeSet<>(), new TreeSet<>());
  }

  /** Checks the rows of a partition, whose equal ids follow each other. */
  void add(RowCheck check, RowPart part, int partition) {
    IntFunction<Optional<SkippedRow>> problems = check.problems(part);
    String before = "";
    for (int row = 0; row < part.count(); row++) {
      Optional<SkippedRow> problem = problems.apply(row);
      if (problem.isPresent()) {
        skipped.add(problem.get());
      } else {
        rows[partition]++;
        before = add(check.values(), part, before);
      }
    }
  }

  /** Adds a row; returns its id, empty if the schema has none. */
  private String add(RowValues values, RowPart row, String idBefore) {
    TableSchema schema = values.columns().schema();
    for (int i = 0; i < categories.size(); i++) {
      add(values.category(row, i), categories.get(i));
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

  private static void add(String value, TreeSet<String> values) {
    // One value more than the maximum, so that the driver can report an error.
    if (!value.isEmpty() && values.size() <= Vocabulary.MAX_VALUES) {
      values.add(value);
    }
  }

  /** Adds the rows of other partitions and returns this summary. */
  public RowsSummary plus(RowsSummary other) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] += other.rows[i];
    }
    skipped.plus(other.skipped);
    for (int i = 0; i < categories.size(); i++) {
      TreeSet<String> values = categories.get(i);
      other.categories.get(i).forEach(value -> add(value, values));
    }
    other.labels.forEach(value -> add(value, labels));
    other.repeated.forEach(value -> add(value, repeated));
    return this;
  }

  /** Returns the categories of each column that an encoder does not know. */
  Map<String, List<String>> unknown(TableEncoder encoder) {
    Map<String, List<String>> unknown = new HashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      Vocabulary known = encoder.categorical().get(i);
      TreeSet<String> found = new TreeSet<>(categories.get(i));
      found.removeAll(known.values());
      unknown.put(known.column(), List.copyOf(found));
    }
    return unknown;
  }

  /** The number of rows that can be used. */
  long used() {
    long sum = 0;
    for (long count : rows) {
      sum += count;
    }
    return sum;
  }
}
