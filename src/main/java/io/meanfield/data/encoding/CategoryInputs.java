package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.EmbeddedColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The inputs of a categorical column, or of a part of a column of times: one for each code of its
 * values, or one that is the code.
 *
 * @param values the names of the values, in the order of their codes
 * @param acceptsUnknown whether there is one more code for all other values
 * @param first the first input, counted from the first input after the numbers
 * @param embedded whether the only input is the code
 */
@DefaultSerializer(JavaSerializer.class)
public record CategoryInputs(
    String name, List<String> values, boolean acceptsUnknown, int first, boolean embedded)
    implements Serializable {
  static final String UNKNOWN = "unknown";

  public CategoryInputs {
    values = List.copyOf(values);
  }

  /**
   * Returns the inputs of the categories, in their order: first the one-hot codes of the columns
   * that are not embedded, then one code for each embedded column or part of a time.
   *
   * @param columns the vocabularies of all categorical columns
   * @param acceptsUnknown whether a column has one more code for all other values
   */
  static List<CategoryInputs> of(
      List<Vocabulary> columns, List<EmbeddedColumn> embedded, boolean acceptsUnknown) {
    List<CategoryInputs> all = new ArrayList<>();
    int next = 0;
    for (Vocabulary column : columns) {
      if (!isEmbedded(column, embedded)) {
        CategoryInputs codes =
            new CategoryInputs(column.column(), column.values(), acceptsUnknown, next, false);
        all.add(codes);
        next += codes.inputs();
      }
    }
    for (EmbeddedColumn column : embedded) {
      all.add(code(column, columns, next++));
    }
    return all;
  }

  private static boolean isEmbedded(Vocabulary column, List<EmbeddedColumn> embedded) {
    return embedded.stream()
        .anyMatch(found -> !found.isPart() && found.column().equals(column.column()));
  }

  private static CategoryInputs code(EmbeddedColumn column, List<Vocabulary> columns, int input) {
    List<String> names = column.isPart() ? column.values() : values(column.column(), columns);
    return new CategoryInputs(
        column.name(), names, column.categories() > names.size(), input, true);
  }

  private static List<String> values(String column, List<Vocabulary> columns) {
    return columns.stream()
        .filter(vocabulary -> vocabulary.column().equals(column))
        .findFirst()
        .orElseThrow()
        .values();
  }

  /** Returns the number of codes. */
  public int codes() {
    return values.size() + (acceptsUnknown ? 1 : 0);
  }

  /** Returns the number of inputs. */
  public int inputs() {
    return embedded ? 1 : codes();
  }

  /** Returns the names of the inputs. */
  List<String> inputNames() {
    if (embedded) {
      return List.of(name);
    }
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add(name + "=" + value));
    if (acceptsUnknown) {
      names.add(name + " " + UNKNOWN);
    }
    return names;
  }

  /**
   * Returns the code in an example; empty if none of the inputs is set.
   *
   * @param inputs of the example
   * @param numbers the number of its inputs before the first category
   */
  public OptionalInt code(float[] inputs, int numbers) {
    int from = numbers + first;
    if (embedded) {
      return OptionalInt.of((int) inputs[from]);
    }
    for (int code = 0; code < codes(); code++) {
      if (inputs[from + code] != 0) {
        return OptionalInt.of(code);
      }
    }
    return OptionalInt.empty();
  }

  /** Returns the name of the value in an example; the parameters are those of {@link #code}. */
  String value(float[] inputs, int numbers) {
    OptionalInt code = code(inputs, numbers);
    return code.isPresent() && code.getAsInt() < values.size()
        ? values.get(code.getAsInt())
        : UNKNOWN;
  }
}
