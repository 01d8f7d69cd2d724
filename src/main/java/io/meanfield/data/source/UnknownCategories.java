package io.meanfield.data.source;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.InvalidRowException;
import io.meanfield.data.encoding.TableEncoder;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts the examples whose category was not in the training data.
 *
 * @param columns the inputs of the categorical columns that accept unknown categories
 * @param numbers the number of inputs before the first category
 */
@DefaultSerializer(JavaSerializer.class)
public record UnknownCategories(List<CategoryInputs> columns, int numbers) implements Serializable {
  /** The number of unknown categories of a column that a sentence names. */
  public static final int SHOWN = 3;

  /**
   * Returns the counter of examples.
   *
   * @param width the number of values that a network sees of one example
   */
  public static UnknownCategories of(int width, Optional<TableEncoder> encoder) {
    return encoder
        .filter(TableEncoder::acceptsUnknown)
        .map(known -> of(width, known))
        .orElseGet(() -> new UnknownCategories(List.of(), width));
  }

  private static UnknownCategories of(int width, TableEncoder encoder) {
    return new UnknownCategories(
        encoder.categorical().stream().map(encoder::inputsOf).toList(),
        width - encoder.categoricalInputs());
  }

  /**
   * Returns a sentence for each categorical column in which examples have a category that is
   * missing or was not in the training data. Reads every example.
   */
  public static List<String> notes(Dataset data) {
    UnknownCategories counter = of(data.width(), data.encoder());
    return counter.columns.isEmpty()
        ? List.of()
        : counter.notes(
            data.blocks().map(counter::count).reduce(UnknownCategories::sum),
            data.count(),
            data.findings().unknown());
  }

  /**
   * Returns the sentences for counts of all examples.
   *
   * @param counts the sum of {@link #count} over all blocks
   * @param unknown categories of each column
   */
  public List<String> notes(long[] counts, long examples, Map<String, List<String>> unknown) {
    return IntStream.range(0, counts.length)
        .filter(i -> counts[i] > 0)
        .mapToObj(i -> note(columns.get(i), counts[i], examples, unknown))
        .toList();
  }

  private static String note(
      CategoryInputs column, long count, long examples, Map<String, List<String>> unknown) {
    return String.format(
        Locale.ROOT,
        "column %s: in %s of %s examples the category is missing or was %s in training%s; one %s"
            + " represents all of them",
        column.name(),
        count,
        examples,
        column.embedded() ? "at most once" : "not",
        shown(unknown.getOrDefault(column.name(), List.of())),
        column.embedded() ? "code" : "input");
  }

  private static String shown(List<String> unknown) {
    String first =
        unknown.stream()
            .limit(SHOWN)
            .map(InvalidRowException::shown)
            .collect(Collectors.joining(", "));
    return unknown.isEmpty() ? "" : " (" + first + (unknown.size() > SHOWN ? ", …)" : ")");
  }

  /** Returns for each column the number of examples in a block with an unknown category. */
  public long[] count(Examples block) {
    return count(block, (row, column) -> {});
  }

  /**
   * Returns for each column the number of examples in a block with an unknown category.
   *
   * @param found receives the example and the column of each
   */
  public long[] count(Examples block, BiConsumer<Integer, Integer> found) {
    long[] counts = new long[columns.size()];
    if (counts.length > 0) {
      float[] values = new float[block.width()];
      for (int row = 0; row < block.count(); row++) {
        block.features().write(row, values, 0);
        for (int i = 0; i < counts.length; i++) {
          CategoryInputs column = columns.get(i);
          if (column.code(values, numbers).orElse(-1) == column.values().size()) {
            counts[i]++;
            found.accept(row, i);
          }
        }
      }
    }
    return counts;
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
