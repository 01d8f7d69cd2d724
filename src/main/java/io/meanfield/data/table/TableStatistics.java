package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.TimeSettings;
import io.meanfield.data.column.ValueType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an encoder is fitted to: summaries of the numeric columns and the values of the categorical
 * ones. It depends on the set of the rows alone, not on their order or their partitions.
 */
@DefaultSerializer(JavaSerializer.class)
public final class TableStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StatisticsRequest request;
  private final ValueType[] types;
  private final List<NumberSummary> numbers = new ArrayList<>();
  private final List<TreeSet<String>> categories = new ArrayList<>();

  TableStatistics(StatisticsRequest request) {
    this.request = request;
    this.types =
        request.rules().features().stream().map(FeatureRule::type).toArray(ValueType[]::new);
    request.rules().features().stream()
        .map(rule -> new NumberSummary(request.logs().contains(rule.column())))
        .forEach(numbers::add);
    for (int i = 0; i < request.categorical(); i++) {
      categories.add(new TreeSet<>());
    }
  }

  /** Adds numbers of feature {@code i}; NaN for missing ones. */
  public void add(int i, double[] values) {
    if (types[i].isTime()) {
      Arrays.setAll(values, row -> days(values[row]));
    }
    numbers.get(i).add(values);
  }

  /**
   * Returns whether feature {@code i} has a summary: those that are inputs as they are have none.
   */
  public boolean needsNumbers(int i) {
    return types[i] != ValueType.FLOAT;
  }

  /**
   * Adds the categories of a row.
   *
   * @param row returns the value of categorical column {@code i}; empty if it is missing
   */
  public void addCategories(IntFunction<String> row) {
    for (int i = 0; i < categories.size(); i++) {
      String category = row.apply(i);
      // One value more than the maximum, so that the driver can report an error.
      if (!category.isEmpty() && categories.get(i).size() <= Vocabulary.MAX_VALUES) {
        categories.get(i).add(category);
      }
    }
  }

  private double days(double time) {
    return FeatureColumn.Time.days(time, TimeSettings.ORIGIN);
  }

  /**
   * Returns the columns of which the settings need sums of logarithms. If a column has few
   * different values, its counts contain all that such sums are made of.
   */
  public Set<String> neededLogs(PreprocessingSettings settings) {
    return IntStream.range(0, numbers.size())
        .filter(i -> types[i] == ValueType.NUMBER && !numbers.get(i).hasAllValues())
        .filter(i -> settings.scaleOf(column(i)) == Scale.STANDARD)
        .filter(i -> numbers.get(i).includesLog(settings.log(), column(i)))
        .mapToObj(this::column)
        .collect(Collectors.toSet());
  }

  private String column(int i) {
    return request.rules().features().get(i).column();
  }

  /** Replaces the summaries of the columns of which {@code other} has sums of logarithms. */
  public TableStatistics withLogsOf(TableStatistics other) {
    for (int i = 0; i < numbers.size(); i++) {
      if (other.request.logs().contains(column(i))) {
        numbers.set(i, other.numbers.get(i));
      }
    }
    return this;
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
