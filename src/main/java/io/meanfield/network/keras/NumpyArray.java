package io.meanfield.network.keras;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An array as NumPy has it.
 *
 * @param values with the last dimension running fastest
 */
public record NumpyArray(Precision precision, List<Integer> shape, double[] values) {
  /** What its numbers are kept as. */
  public enum Precision {
    SINGLE("f4", Float.BYTES),
    DOUBLE("f8", Double.BYTES);

    private final String code;
    private final int bytes;

    Precision(String code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    /** NumPy's, without the order of bytes. */
    String code() {
      return code;
    }

    int bytes() {
      return bytes;
    }
  }

  /** A shape as Python writes it. */
  public static String tuple(List<Integer> shape) {
    return shape.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
  }
}
