package io.meanfield.network.keras;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A NumPy array.
 *
 * @param values in 'c' order: the last dimension varies fastest
 */
public record NumpyArray(Precision precision, List<Integer> shape, double[] values) {
  /** The floating-point type of the numbers in a file. */
  public enum Precision {
    SINGLE("f4", Float.BYTES),
    DOUBLE("f8", Double.BYTES);

    private final String code;
    private final int bytes;

    Precision(String code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    /** Returns NumPy's type code, without the byte order. */
    String code() {
      return code;
    }

    int bytes() {
      return bytes;
    }
  }

  /** Returns the names and shapes of arrays. */
  static String display(Map<String, NumpyArray> arrays) {
    return arrays.entrySet().stream()
        .map(array -> array.getKey() + " " + tuple(array.getValue().shape()))
        .collect(Collectors.joining(", "));
  }

  /** Returns a shape as a Python tuple. */
  public static String tuple(List<Integer> shape) {
    return shape.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
  }
}
