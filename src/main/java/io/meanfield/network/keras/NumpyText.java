package io.meanfield.network.keras;

import io.meanfield.network.keras.NumpyArray.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An array as NumPy prints it: {@code repr(array)} of NumPy 2.3 and later with its default options,
 * for finite numbers and at least one of them. Whoever compares with a Python session sees the same
 * characters.
 */
public final class NumpyText {
  private static final int THRESHOLD = 1000; // larger arrays are abbreviated
  private static final int EDGE = 3;
  private static final int ELLIPSIS = -1;
  private static final int LINE = 75;
  private static final String PREFIX = "array(";
  private static final String SEPARATOR = ", ";

  private final NumpyArray array;
  private final boolean abbreviated;
  private final NumpyFormat format;

  private NumpyText(NumpyArray array) {
    this.array = array;
    this.abbreviated = array.values().length > THRESHOLD;
    List<Double> shown = new ArrayList<>();
    collect(0, 0, shown);
    this.format = NumpyFormat.of(array.precision(), shown);
  }

  public static String of(NumpyArray array) {
    return new NumpyText(array).text();
  }

  private String text() {
    String numbers = PREFIX + nested(0, 0, " ".repeat(PREFIX.length()), LINE - 1);
    List<String> extras = new ArrayList<>();
    if (abbreviated) {
      extras.add("shape=" + NumpyArray.tuple(array.shape()));
    }
    if (array.precision() == Precision.SINGLE) {
      extras.add("dtype=float32");
    }
    return extras.isEmpty() ? numbers + ")" : with(numbers + ",", String.join(SEPARATOR, extras));
  }

  private static String with(String numbers, String extras) {
    int lastLine = numbers.length() - (numbers.lastIndexOf('\n') + 1);
    boolean fits = lastLine + extras.length() + ")".length() + 1 <= LINE;
    return numbers + (fits ? " " : "\n" + " ".repeat(PREFIX.length())) + extras + ")";
  }

  private int size(int axis) {
    return array.shape().get(axis);
  }

  private boolean isLast(int axis) {
    return axis == array.shape().size() - 1;
  }

  /** The places along an axis that are shown, with {@link #ELLIPSIS} for those that are not. */
  private List<Integer> shown(int axis) {
    int size = size(axis);
    return !abbreviated || size <= 2 * EDGE
        ? IntStream.range(0, size).boxed().toList()
        : List.of(0, 1, 2, ELLIPSIS, size - 3, size - 2, size - 1);
  }

  private void collect(int axis, int offset, List<Double> numbers) {
    for (int place : shown(axis)) {
      int at = offset * size(axis) + place;
      if (place != ELLIPSIS && isLast(axis)) {
        numbers.add(array.values()[at]);
      } else if (place != ELLIPSIS) {
        collect(axis + 1, at, numbers);
      }
    }
  }

  /** What is in the brackets of an axis, and the brackets. */
  private String nested(int axis, int offset, String indent, int width) {
    String inside =
        isLast(axis) ? row(axis, offset, indent + " ", width) : rows(axis, offset, indent, width);
    return "[" + inside + "]";
  }

  private String rows(int axis, int offset, String indent, int width) {
    List<String> rows = new ArrayList<>();
    for (int place : shown(axis)) {
      rows.add(
          place == ELLIPSIS
              ? "..."
              : nested(axis + 1, offset * size(axis) + place, indent + " ", width - 1));
    }
    int linesBetween = array.shape().size() - axis - 1;
    return String.join("," + "\n".repeat(linesBetween) + indent + " ", rows);
  }

  private String row(int axis, int offset, String indent, int width) {
    StringBuilder text = new StringBuilder();
    int line = indent.length();
    boolean first = true;
    for (int place : shown(axis)) {
      String word =
          place == ELLIPSIS ? "..." : format.text(array.values()[offset * size(axis) + place]);
      boolean breaks = !first && line + SEPARATOR.length() + word.length() > width - 1;
      if (!first) {
        text.append(breaks ? ",\n" + indent : SEPARATOR);
        line = breaks ? indent.length() : line + SEPARATOR.length();
      }
      text.append(word);
      line += word.length();
      first = false;
    }
    return text.toString();
  }
}
