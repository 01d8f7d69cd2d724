package io.meanfield.scorer;

import java.util.List;

/**
 * A column that a row must have.
 *
 * @param shape of a value; empty for a single one
 */
public record InputColumn(String name, Type type, List<Integer> shape) {
  /** What the values of a column are. */
  public enum Type {
    /** Numbers, or their texts. */
    NUMBER,
    /** True or false. */
    TRUTH_VALUE,
    /** Dates and times, or their texts. */
    TIME,
    /** Categories. */
    TEXT,
    /** The bytes of an image, 0 to 255. */
    PIXELS,
    /** An array of numbers. */
    NUMBERS
  }

  public InputColumn {
    shape = List.copyOf(shape);
  }

  /** Returns whether a value is an array. */
  public boolean isArray() {
    return !shape.isEmpty();
  }
}
