package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.TableRow;
import io.meanfield.data.table.TableRules;
import java.io.Serializable;
import java.util.Arrays;
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
    return new StatisticsRows(
        ids.at(indexes),
        Arrays.stream(indexes)
            .flatMap(row -> IntStream.range(row * features, (row + 1) * features))
            .mapToDouble(i -> numbers[i])
            .toArray(),
        Arrays.stream(indexes)
            .flatMap(row -> IntStream.range(row * columns, (row + 1) * columns))
            .mapToObj(i -> categories[i])
            .toArray(String[]::new));
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

    Builder(TableRules rules, int columns) {
      this.features = rules.features().size();
      this.preprocessed =
          IntStream.range(0, features)
              .filter(i -> rules.features().get(i).type() != ValueType.FLOAT)
              .toArray();
      this.columns = columns;
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
