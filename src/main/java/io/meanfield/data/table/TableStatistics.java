package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.ValueType;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an encoder is fitted to: summaries of the numeric columns and the values of the categorical
 * ones. It depends on the set of the rows alone, not on their order or their partitions.
 */
@DefaultSerializer(JavaSerializer.class)
public final class TableStatistics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BATCH_ROWS = 1024;
  private static final int BATCH_NUMBERS = 1 << 17;

  private final StatisticsRequest request;
  private final ValueType[] types;
  private final List<NumberSummary> numbers = new ArrayList<>();
  private final List<TreeSet<String>> categories = new ArrayList<>();
  // Numbers of the last rows, by column: what a summary counts stays in the cache of the processor
  // while it adds many numbers.
  private double[][] batch = new double[0][];
  private int batched;

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

  /** Adds a row. */
  public void add(TableRow row) {
    if (batched == 0) {
      int rows = Math.max(1, Math.min(BATCH_ROWS, BATCH_NUMBERS / Math.max(1, numbers.size())));
      batch = new double[numbers.size()][rows];
    }
    for (int i = 0; i < batch.length; i++) {
      if (needsNumbers(i)) {
        double value = row.feature(i);
        batch[i][batched] = types[i].isTime() ? days(value) : value;
      }
    }
    addCategories(row);
    batched++;
    if (batch.length > 0 && batched == batch[0].length) {
      addBatch();
    }
  }

  private void addBatch() {
    for (int i = 0; i < batch.length; i++) {
      if (needsNumbers(i)) {
        numbers.get(i).add(batch[i], batched);
      }
    }
    batch = new double[0][];
    batched = 0;
  }

  /**
   * Returns whether feature {@code i} has a summary: those that are inputs as they are have none.
   */
  private boolean needsNumbers(int i) {
    return types[i] != ValueType.FLOAT;
  }

  /** Adds the categories of a row. */
  private void addCategories(TableRow row) {
    for (int i = 0; i < categories.size(); i++) {
      String category = row.category(i);
      // One value more than the maximum, so that the driver can report an error.
      if (!category.isEmpty() && categories.get(i).size() <= Vocabulary.MAX_VALUES) {
        categories.get(i).add(category);
      }
    }
  }

  private double days(double time) {
    return FeatureColumn.Time.days(time, request.origin());
  }

  /**
   * Returns the columns of which the settings need sums of logarithms. If a column has few
   * different values, its counts contain all that such sums are made of.
   */
  public Set<String> neededLogs(PreprocessingSettings settings) {
    addBatch();
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
    addBatch();
    other.addBatch();
    for (int i = 0; i < numbers.size(); i++) {
      if (other.request.logs().contains(column(i))) {
        numbers.set(i, other.numbers.get(i));
      }
    }
    return this;
  }

  /** Adds the rows of another part and returns this one. */
  public TableStatistics plus(TableStatistics other) {
    addBatch();
    other.addBatch();
    for (int i = 0; i < numbers.size(); i++) {
      numbers.get(i).add(other.numbers.get(i));
    }
    for (int i = 0; i < categories.size(); i++) {
      categories.get(i).addAll(other.categories.get(i));
    }
    return this;
  }

  NumberSummary number(int i) {
    addBatch();
    return numbers.get(i);
  }

  SortedSet<String> categories(int i) {
    return categories.get(i);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    addBatch();
    out.defaultWriteObject();
  }
}
