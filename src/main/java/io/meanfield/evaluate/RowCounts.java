package io.meanfield.evaluate;

import io.meanfield.data.Examples;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.UnknownCategories;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
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
  private final ArrayList<LongAccumulator> unknown;

  RowCounts(SparkContext spark, InputRows.Inputs inputs) {
    this.categories = UnknownCategories.of(inputs.width(), inputs.encoder());
    this.rows = spark.longAccumulator();
    this.unknown =
        new ArrayList<>(
            IntStream.range(0, categories.columns().size())
                .mapToObj(i -> spark.longAccumulator())
                .toList());
  }

  void add(Examples block) {
    rows.add(block.count());
    long[] counts = categories.count(block);
    for (int i = 0; i < counts.length; i++) {
      unknown.get(i).add(counts[i]);
    }
  }

  long rows() {
    return rows.sum();
  }

  List<String> notes() {
    return categories.notes(unknown.stream().mapToLong(LongAccumulator::sum).toArray(), rows());
  }
}
