package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.UnknownCategories;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts scored rows, and those with unknown categories, while they are written. Spark counts every
 * task of the stage that writes once, however often it is retried.
 */
final class RowCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final UnknownCategories categories;
  private final LongAccumulator rows;
  // An ArrayList, because Kryo cannot read Java's immutable lists.
  private final ArrayList<Unknown> unknown;

  /**
   * The unknown categories of a column.
   *
   * @param rows that have one
   * @param names of some of them from each task
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Unknown(LongAccumulator rows, CollectionAccumulator<String> names)
      implements Serializable {
    void add(String name) {
      List<String> found = names.value();
      // One more than a sentence names, which shows that there are more.
      if (!name.isEmpty() && found.size() <= UnknownCategories.SHOWN && !found.contains(name)) {
        names.add(name);
      }
    }
  }

  RowCounts(SparkContext spark, InputRows.Inputs inputs) {
    this.categories = UnknownCategories.of(inputs.width(), inputs.encoder());
    this.rows = spark.longAccumulator();
    this.unknown =
        new ArrayList<>(
            categories.columns().stream()
                .map(column -> new Unknown(spark.longAccumulator(), spark.collectionAccumulator()))
                .toList());
  }

  void add(InputRows.RowBlock block) {
    rows.add(block.examples().count());
    long[] counts =
        categories.count(
            block.examples(),
            (row, i) -> unknown.get(i).add(name(block.categories().apply(row), i)));
    for (int i = 0; i < counts.length; i++) {
      unknown.get(i).rows().add(counts[i]);
    }
  }

  private static String name(String[] categories, int column) {
    return categories.length == 0 ? "" : categories[column];
  }

  long rows() {
    return rows.sum();
  }

  List<String> notes() {
    TreeMap<String, List<String>> names = new TreeMap<>();
    for (int i = 0; i < unknown.size(); i++) {
      CategoryInputs column = categories.columns().get(i);
      names.put(column.name(), List.copyOf(new TreeSet<>(unknown.get(i).names().value())));
    }
    long[] counts = unknown.stream().mapToLong(each -> each.rows().sum()).toArray();
    return categories.notes(counts, rows(), names);
  }
}
