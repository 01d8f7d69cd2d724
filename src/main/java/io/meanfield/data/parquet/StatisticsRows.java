package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.FeatureRule;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableRow;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of a table whose positions are not known yet, with what statistics need of them.
 *
 * @param numbers row by row the features that are preprocessed
 * @param categories row by row the values of the categorical columns
 */
@DefaultSerializer(JavaSerializer.class)
record StatisticsRows(IdArray ids, double[] numbers, String[] categories) implements Serializable {
  /** The number of rows that are collected at a time. */
  static final int MAX_ROWS = 4096;

  /** Returns the rows at these indexes. */
  StatisticsRows at(int[] indexes) {
    int features = numbers.length / ids.length();
    int columns = categories.length / ids.length();
    double[] chosenNumbers = new double[indexes.length * features];
    String[] chosenCategories = new String[indexes.length * columns];
    for (int i = 0; i < indexes.length; i++) {
      System.arraycopy(numbers, indexes[i] * features, chosenNumbers, i * features, features);
      System.arraycopy(categories, indexes[i] * columns, chosenCategories, i * columns, columns);
    }
    return new StatisticsRows(ids.at(indexes), chosenNumbers, chosenCategories);
  }

  /** Returns a row. */
  TableRow row(int row) {
    int features = numbers.length / ids.length();
    int columns = categories.length / ids.length();
    return new TableRow() {
      @Override
      public double feature(int i) {
        return numbers[row * features + i];
      }

      @Override
      public String category(int i) {
        return categories[row * columns + i];
      }
    };
  }

  /** Collects rows. */
  static final class Builder {
    private final int[] preprocessed;
    private final int features;
    private final int columns;
    private final double[] numbers;
    private final String[] categories;
    private int rows;

    Builder(StatisticsRequest request) {
      List<FeatureRule> rules = request.rules().features();
      this.features = rules.size();
      this.preprocessed =
          IntStream.range(0, features)
              .filter(i -> rules.get(i).type() != ValueType.FLOAT)
              .toArray();
      this.columns = request.categorical();
      this.numbers = new double[Math.multiplyExact(MAX_ROWS, features)];
      this.categories = new String[Math.multiplyExact(MAX_ROWS, columns)];
    }

    boolean isFull() {
      return rows == MAX_ROWS;
    }

    void add(TableRow row) {
      for (int i : preprocessed) {
        numbers[rows * features + i] = row.feature(i);
      }
      for (int i = 0; i < columns; i++) {
        categories[rows * columns + i] = row.category(i);
      }
      rows++;
    }

    /** Returns the rows that were added; {@code ids} are theirs. */
    StatisticsRows build(IdArray ids) {
      StatisticsRows built =
          new StatisticsRows(
              ids,
              Arrays.copyOf(numbers, rows * features),
              Arrays.copyOf(categories, rows * columns));
      rows = 0;
      return built;
    }
  }
}
