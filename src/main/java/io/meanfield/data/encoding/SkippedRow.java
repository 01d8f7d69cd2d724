package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A row that was not read, because it cannot be used.
 *
 * @param column the column that is wrong; empty if the row as a whole is
 * @param value the value, shortened; empty if there is none
 * @param reason what is wrong
 */
@DefaultSerializer(JavaSerializer.class)
public record SkippedRow(Place place, String column, String value, String reason)
    implements Serializable {
  static final Comparator<SkippedRow> BY_PLACE =
      Comparator.comparing(SkippedRow::place, Place.ORDER)
          .thenComparing(SkippedRow::column)
          .thenComparing(SkippedRow::value)
          .thenComparing(SkippedRow::reason);
  private static final int LONGEST_VALUE = 100;
  private static final int LONGEST_REASON = 500;

  /**
   * Where a row is.
   *
   * @param file the file, or the name of the table if the row has no file
   * @param id the id of the row; empty if the table has no column of ids, or if it is missing
   */
  @DefaultSerializer(JavaSerializer.class)
  public record Place(String file, String id) implements Serializable {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::file).thenComparing(Place::id);

    @Override
    public String toString() {
      return file + (id.isEmpty() ? "" : ", id " + id);
    }
  }

  /** Returns the row of an exception. */
  public static SkippedRow of(Place place, InvalidRowException problem) {
    return new SkippedRow(
        place,
        problem.column(),
        shortened(problem.value(), LONGEST_VALUE),
        shortened(problem.reason(), LONGEST_REASON));
  }

  /** Returns the place of the row and what is wrong, in one line. */
  public String text() {
    return place + (column.isEmpty() ? " " : ": ") + reason;
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "…";
  }
}
