package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.EmbeddedColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A column of a table with the inputs of the network that are made of it.
 *
 * @param inputs their positions
 */
@DefaultSerializer(JavaSerializer.class)
public record ColumnGroup(String column, int[] inputs) implements Serializable {

  /**
   * Returns the columns of a table in the order of their first inputs. If an array is the only
   * numeric column, or if several columns may have arrays, each number counts as a column, named by
   * its position.
   *
   * @param width the number of inputs of the network
   */
  public static List<ColumnGroup> of(TableEncoder encoder, int width) {
    Map<String, List<Integer>> inputs = new LinkedHashMap<>();
    int numbers = width - encoder.categoricalInputs();
    int next = 0;
    Optional<List<Integer>> widths = encoder.widthsOfSeveral(width);
    for (int i = 0; widths.isPresent() && i < encoder.columns().size(); i++) {
      add(inputs, encoder.columns().get(i).column(), next, widths.get().get(i));
      next += widths.get().get(i);
    }
    for (; next < numbers; next++) {
      add(inputs, Integer.toString(next), next, 1);
    }
    for (CategoryInputs category : encoder.categories()) {
      add(inputs, column(encoder, category), numbers + category.first(), category.inputs());
    }
    return inputs.entrySet().stream()
        .map(entry -> new ColumnGroup(entry.getKey(), positions(entry.getValue())))
        .toList();
  }

  // A part of a time is embedded under a name of its own.
  private static String column(TableEncoder encoder, CategoryInputs category) {
    return encoder.embedded().stream()
        .filter(embedded -> embedded.name().equals(category.name()))
        .map(EmbeddedColumn::column)
        .findFirst()
        .orElse(category.name());
  }

  private static void add(Map<String, List<Integer>> inputs, String column, int first, int count) {
    IntStream.range(first, first + count)
        .forEach(inputs.computeIfAbsent(column, name -> new ArrayList<>())::add);
  }

  private static int[] positions(List<Integer> inputs) {
    return inputs.stream().mapToInt(Integer::intValue).toArray();
  }
}
