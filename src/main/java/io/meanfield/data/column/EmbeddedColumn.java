package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * A categorical column, or a part of a column of times, that is one input: the code of its value,
 * by which a network looks up a row of a matrix.
 *
 * @param part the part; empty for a categorical column
 * @param categories the number of codes, with the last one for unknown or missing values if there
 *     is one
 * @param size the number of trained numbers for each code
 */
@DefaultSerializer(JavaSerializer.class)
public record EmbeddedColumn(String column, List<DatePart> part, int categories, int size)
    implements Serializable {

  /** Returns a categorical column. */
  public static EmbeddedColumn of(String column, int categories, int size) {
    return new EmbeddedColumn(column, List.of(), categories, size);
  }

  /**
   * Returns a part of a column of times. Missing values have the last code.
   *
   * @param categories the number of its values, and 1 more if values may be missing
   */
  public static EmbeddedColumn of(String column, DatePart part, int categories, int size) {
    return new EmbeddedColumn(column, List.of(part), categories, size);
  }

  /** Returns whether it is a part of a column of times. */
  public boolean isPart() {
    return !part.isEmpty();
  }

  /** Returns the name of the input: the column, and the part. */
  public String name() {
    return isPart() ? column + " " + part.get(0) : column;
  }

  /** Returns the code of a time in seconds since 1970-01-01, NaN if it is missing. */
  public int code(double seconds) {
    return Double.isNaN(seconds) ? part.get(0).count() : part.get(0).at(seconds);
  }
}
