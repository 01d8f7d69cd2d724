package io.meanfield.scorer;

import java.util.List;

/**
 * A column that a row must have.
 *
 * @param shape of a value; empty for a single one
 */
public record InputColumn(String name, Type type, List<Integer> shape) {
  /** The name of the column of images. */
  public static final String IMAGES = "images";

  /** The name of the column of arrays of numbers. */
  public static final String FEATURES = "features";

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

  /** Returns the column of a model of images, whose values are bytes. */
  public static InputColumn ofImages(List<Integer> shape) {
    return new InputColumn(IMAGES, Type.PIXELS, shape);
  }

  /** Returns the column of a model of arrays of numbers. */
  public static InputColumn ofNumbers(List<Integer> shape) {
    return new InputColumn(FEATURES, Type.NUMBERS, shape);
  }

  /** Returns whether a value is an array. */
  public boolean isArray() {
    return !shape.isEmpty();
  }
}
