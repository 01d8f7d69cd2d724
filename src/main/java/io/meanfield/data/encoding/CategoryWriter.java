package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.EmbeddedColumn;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes the categories of rows as inputs; travels to the executors that read the rows.
 *
 * @param columns the inputs of each categorical column
 * @param words the codes of the words of each categorical column, which those of texts use
 * @param parts the embedded parts of columns of times
 * @param numbers the number of inputs before the first category
 */
@DefaultSerializer(JavaSerializer.class)
public record CategoryWriter(
    TableEncoder encoder,
    List<CategoryInputs> columns,
    List<WordCodes> words,
    List<TimePart> parts,
    int numbers)
    implements Serializable {

  /**
   * An embedded part of a column of times.
   *
   * @param feature the number of the column among the features
   */
  @DefaultSerializer(JavaSerializer.class)
  record TimePart(int feature, EmbeddedColumn column, CategoryInputs inputs)
      implements Serializable {}

  /** Returns the writer of an encoder whose numeric columns have {@code numbers} inputs. */
  public static CategoryWriter of(TableEncoder encoder, int numbers) {
    List<CategoryInputs> all = encoder.categories();
    int first = all.size() - encoder.embedded().size();
    return new CategoryWriter(
        encoder,
        encoder.categorical().stream().map(encoder::inputsOf).toList(),
        encoder.categorical().stream()
            .map(column -> new WordCodes(column, encoder.inputsOf(column).exponents()))
            .toList(),
        IntStream.range(0, encoder.embedded().size())
            .filter(i -> encoder.embedded().get(i).isPart())
            .mapToObj(i -> part(encoder, encoder.embedded().get(i), all.get(first + i)))
            .toList(),
        numbers);
  }

  private static TimePart part(TableEncoder encoder, EmbeddedColumn column, CategoryInputs inputs) {
    return new TimePart(encoder.features().indexOf(column.column()), column, inputs);
  }

  /**
   * Writes the inputs of a categorical column.
   *
   * @param i the number of the column
   * @param value empty if it is missing
   * @param where the location of the value, for the message
   * @param offset the index of the first input of the row
   * @throws io.meanfield.error.UserException if the value has no code
   */
  public void write(int i, String value, String where, float[] inputs, int offset) {
    CategoryInputs column = columns.get(i);
    int first = offset + numbers + column.first();
    if (column.hasWords()) {
      words.get(i).write(value, inputs, first, column.inputs());
      return;
    }
    int code = encoder.code(encoder.categorical().get(i), value, where);
    if (column.embedded()) {
      inputs[first] = code;
    } else {
      inputs[first + code] = 1;
    }
  }

  /**
   * Writes the embedded parts of a feature, if it has any.
   *
   * @param feature the number of the feature
   * @param value in seconds since 1970-01-01; NaN if it is missing
   * @param offset the index of the first input of the row
   */
  public void writeParts(int feature, double value, float[] inputs, int offset) {
    for (TimePart part : parts) {
      if (part.feature() == feature) {
        inputs[offset + numbers + part.inputs().first()] = part.column().code(value);
      }
    }
  }
}
