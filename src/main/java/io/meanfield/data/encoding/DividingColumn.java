package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Locale;

/**
 * The column by which the rows of a table are divided into training, validation and test examples.
 */
@DefaultSerializer(JavaSerializer.class)
public record DividingColumn(By by, String name) implements Serializable {
  /** What the values of the column are. */
  public enum By {
    /** Times or numbers: the newest rows are for tests, those before them for validation. */
    TIME,
    /** Anything that names a group: all rows of a group are on one side. */
    GROUP,
    /** The column is no feature, but these rows are not divided by it. */
    NOTHING
  }

  /** Returns the key that names the column, in the section {@code data.columns}. */
  public String key() {
    return by.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the setting that names the column. */
  public String setting() {
    return "data.columns." + key() + " = " + name;
  }
}
