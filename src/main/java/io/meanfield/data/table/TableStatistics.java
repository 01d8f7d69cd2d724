package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an encoder is fitted to: summaries of the numeric columns and the values of the categorical
 * ones. It depends on the set of the rows alone, not on their order or their partitions.
 */
@DefaultSerializer(JavaSerializer.class)
public final class TableStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TableRules rules;
  private final long origin;
  private final List<NumberSummary> numbers = new ArrayList<>();
  private final List<TreeSet<String>> categories = new ArrayList<>();

  /**
   * Starts without rows.
   *
   * @param categorical the number of categorical columns
   * @param origin the day from which the days of a time count, in days since 1970-01-01
   */
  public TableStatistics(TableRules rules, int categorical, long origin) {
    this.rules = rules;
    this.origin = origin;
    rules.features().forEach(rule -> numbers.add(new NumberSummary()));
    for (int i = 0; i < categorical; i++) {
      categories.add(new TreeSet<>());
    }
  }

  /** Adds a row. Features that are inputs as they are need no summary. */
  public void add(TableRow row) {
    for (int i = 0; i < numbers.size(); i++) {
      addNumber(i, rules.features().get(i).type(), row);
    }
    for (int i = 0; i < categories.size(); i++) {
      String category = row.category(i);
      // One value more than the maximum, so that the driver can report an error.
      if (!category.isEmpty() && categories.get(i).size() <= Vocabulary.MAX_VALUES) {
        categories.get(i).add(category);
      }
    }
  }

  private void addNumber(int i, ValueType type, TableRow row) {
    if (type != ValueType.FLOAT) {
      double value = row.feature(i);
      numbers.get(i).add(type.isTime() ? FeatureColumn.Time.days(value, origin) : value);
    }
  }

  /** Adds the rows of another part and returns this one. */
  public TableStatistics plus(TableStatistics other) {
    for (int i = 0; i < numbers.size(); i++) {
      numbers.get(i).add(other.numbers.get(i));
    }
    for (int i = 0; i < categories.size(); i++) {
      categories.get(i).addAll(other.categories.get(i));
    }
    return this;
  }

  NumberSummary number(int i) {
    return numbers.get(i);
  }

  SortedSet<String> categories(int i) {
    return categories.get(i);
  }
}
