package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How much a model depends on a column; a row of table {@code importance}.
 *
 * @param lossIncrease the mean increase of the loss when the values of the column are permuted
 * @param deviation the standard deviation of the increases
 * @param repeats the number of permutations
 * @param examples the number of examples
 */
@DefaultSerializer(JavaSerializer.class)
record ColumnImportance(
    String column, double lossIncrease, double deviation, int repeats, int examples)
    implements Serializable {
  static ColumnImportance of(String column, double[] increases, int examples) {
    double mean = Arrays.stream(increases).average().orElseThrow();
    double squares = Arrays.stream(increases).map(x -> (x - mean) * (x - mean)).sum();
    return new ColumnImportance(
        column, mean, Math.sqrt(squares / increases.length), increases.length, examples);
  }
}
