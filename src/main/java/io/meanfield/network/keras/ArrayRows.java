package io.meanfield.network.keras;

import io.meanfield.network.keras.NumpyArray.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Formats an array as text for people: one line for each row along the last dimension. A row of
 * more than eight numbers continues in indented lines. An array of more than 1,000 numbers is
 * abbreviated to its first and last three rows, and each of these rows to its first and last three
 * numbers. Programs read the .npz file instead.
 */
public final class ArrayRows {
  private static final int MAX_UNABBREVIATED = 1000;
  private static final int EDGE = 3;
  private static final int NUMBERS_PER_LINE = 8;
  private static final int GAP = -1;
  private static final String INDENT = "  ";

  private final NumpyArray array;
  private final int columns;
  private final List<Integer> shownRows;
  private final List<Integer> shownColumns;
  private final int width;

  private ArrayRows(NumpyArray array) {
    this.array = array;
    this.columns = array.shape().get(array.shape().size() - 1);
    this.shownRows = shown(array.values().length / columns);
    this.shownColumns = shown(columns);
    this.width =
        shownRows.stream().flatMap(this::cells).mapToInt(String::length).max().orElseThrow();
  }

  /** Returns the lines of an array. */
  public static List<String> of(NumpyArray array) {
    return new ArrayRows(array).lines();
  }

  /** Returns the indices that are shown of {@code count} rows or columns, with a gap. */
  private List<Integer> shown(int count) {
    if (array.values().length <= MAX_UNABBREVIATED || count <= 2 * EDGE) {
      return IntStream.range(0, count).boxed().toList();
    }
    IntStream first = IntStream.range(0, EDGE);
    IntStream last = IntStream.range(count - EDGE, count);
    return IntStream.concat(IntStream.concat(first, IntStream.of(GAP)), last).boxed().toList();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int row : shownRows) {
      List<String> cells = cells(row).toList();
      for (int from = 0; from < cells.size(); from += NUMBERS_PER_LINE) {
        int to = Math.min(cells.size(), from + NUMBERS_PER_LINE);
        lines.add((from == 0 ? INDENT : INDENT + INDENT) + line(cells.subList(from, to)));
      }
    }
    return lines;
  }

  private String line(List<String> cells) {
    return cells.stream()
        .map(cell -> " ".repeat(width - cell.length()) + cell)
        .collect(Collectors.joining(INDENT));
  }

  private Stream<String> cells(int row) {
    return row == GAP
        ? Stream.of("...")
        : shownColumns.stream().map(column -> column == GAP ? "..." : number(row, column));
  }

  private String number(int row, int column) {
    double value = array.values()[row * columns + column];
    return array.precision() == Precision.SINGLE
        ? Float.toString((float) value)
        : Double.toString(value);
  }
}
