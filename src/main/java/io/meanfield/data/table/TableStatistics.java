package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TargetRange;
import io.meanfield.data.encoding.Vocabulary;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What an encoder is fitted to, and the scale of targets: summaries of the numeric columns and of
 * the targets, and the values of the categorical columns. They depend on the set of the rows alone,
 * not on their order or their partitions.
 */
@DefaultSerializer(JavaSerializer.class)
public final class TableStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ValueType[] types;
  private final List<NumberSummary> numbers;
  private final List<TreeMap<String, Boolean>> categories; // whether they occur twice
  private final List<NumberSummary> targets;

  /**
   * Starts without rows.
   *
   * @param categorical the number of categorical columns
   * @param targets the number of targets
   */
  public TableStatistics(List<FeatureColumn> features, int categorical, int targets) {
    this.types = features.stream().map(FeatureColumn::type).toArray(ValueType[]::new);
    this.numbers = Stream.generate(NumberSummary::new).limit(types.length).toList();
    this.categories =
        Stream.generate(() -> new TreeMap<String, Boolean>()).limit(categorical).toList();
    this.targets = Stream.generate(NumberSummary::new).limit(targets).toList();
  }

  /** Adds numbers of feature {@code i}; NaN for missing ones. */
  public void add(int i, double[] values) {
    if (types[i].isTime()) {
      Arrays.setAll(values, row -> FeatureColumn.days(values[row]));
    }
    numbers.get(i).add(values);
  }

  /**
   * Returns whether feature {@code i} has a summary: those that are inputs as they are have none.
   */
  public boolean needsNumbers(int i) {
    return types[i] != ValueType.FLOAT;
  }

  /** Adds values of target {@code i}. */
  public void addTargets(int i, double[] values) {
    targets.get(i).add(values);
  }

  /** Returns the ranges of the targets. */
  public List<TargetRange> targets() {
    return targets.stream().map(NumberSummary::range).toList();
  }

  /**
   * Adds the categories of a row.
   *
   * @param row returns the value of categorical column {@code i}; empty if it is missing
   */
  public void addCategories(IntFunction<String> row) {
    for (int i = 0; i < categories.size(); i++) {
      String category = row.apply(i);
      if (!category.isEmpty()) {
        add(categories.get(i), category, false);
      }
    }
  }

  private static void add(Map<String, Boolean> counted, String category, boolean isTwice) {
    // One value more than the maximum, so that the driver can report an error.
    if (counted.size() <= Vocabulary.MAX_VALUES || counted.containsKey(category)) {
      counted.merge(category, isTwice, (one, other) -> true);
    }
  }

  /** Adds the rows of another part and returns this one. */
  public TableStatistics plus(TableStatistics other) {
    for (int i = 0; i < numbers.size(); i++) {
      numbers.get(i).add(other.numbers.get(i));
    }
    for (int i = 0; i < categories.size(); i++) {
      TreeMap<String, Boolean> counted = categories.get(i);
      other.categories.get(i).forEach((category, isTwice) -> add(counted, category, isTwice));
    }
    for (int i = 0; i < targets.size(); i++) {
      targets.get(i).add(other.targets.get(i));
    }
    return this;
  }

  NumberSummary number(int i) {
    return numbers.get(i);
  }

  SortedSet<String> categories(int i) {
    return categories.get(i).navigableKeySet();
  }

  /** Returns the categories of a column that at least two rows have. */
  SortedSet<String> repeatedCategories(int i) {
    SortedSet<String> repeated = new TreeSet<>(categories(i));
    repeated.removeIf(category -> !categories.get(i).get(category));
    return repeated;
  }
}
