package io.meanfield.data.parquet.rowgroup;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;

/** Arrays of numbers that a double represents exactly. */
public final class ArrayValues extends ColumnValues {
  private static final int MAX_LENGTH = 1 << 24;

  private final ValueKind kind;
  private final int longest;
  private final int[] starts;
  private final int[] lengths;
  private double[] elements = new double[1 << 10];
  private final BitSet missingElements = new BitSet();
  private int filled;

  /**
   * Makes arrays without rows.
   *
   * @param longest the number of elements of an array that are kept at most; others are counted
   */
  ArrayValues(ValueKind kind, int capacity, int longest) {
    super(capacity);
    this.kind = kind;
    this.longest = longest;
    this.starts = new int[capacity];
    this.lengths = new int[capacity];
  }

  /** Reads the next rows. */
  void read(ArrayInput input, int rows) {
    filled = 0;
    missingElements.clear();
    ColumnReader column = input.column();
    for (int row = 0; row < rows; row++) {
      set(row, column.getCurrentDefinitionLevel() < input.element() - 1);
      starts[row] = filled;
      lengths[row] = 0;
      do {
        addElement(input, row);
        column.consume();
      } while (column.getCurrentRepetitionLevel() > 0);
    }
  }

  private void addElement(ArrayInput input, int row) {
    int level = input.column().getCurrentDefinitionLevel();
    if (level < input.element()) {
      return;
    }
    boolean isPresent = level == input.present();
    if (lengths[row] < longest) {
      keep(isPresent ? element(input.column()) : Double.NaN, isPresent);
    } else if (isPresent) {
      input.column().skip();
    }
    if (lengths[row]++ == MAX_LENGTH) {
      throw new IllegalStateException("an array has more than " + MAX_LENGTH + " elements");
    }
  }

  private void keep(double element, boolean isPresent) {
    if (filled == elements.length) {
      elements = Arrays.copyOf(elements, Math.multiplyExact(2, filled));
    }
    missingElements.set(filled, !isPresent);
    elements[filled++] = element;
  }

  private double element(ColumnReader column) {
    return switch (kind) {
      case FLOAT -> column.getFloat();
      case DOUBLE -> column.getDouble();
      case BOOLEAN -> column.getBoolean() ? 1 : 0;
      default -> column.getInteger();
    };
  }

  /** The number of elements of an array. */
  public int length(int row) {
    return lengths[row];
  }

  /** Returns an element rounded to 32 bits; NaN if it is missing. */
  public float element(int row, int index) {
    return (float) elements[starts[row] + index];
  }

  /** Returns the text of an element; empty if it is missing. */
  public Optional<String> elementText(int row, int index) {
    int element = starts[row] + index;
    if (missingElements.get(element)) {
      return Optional.empty();
    }
    return Optional.of(text(elements[element]));
  }

  private String text(double element) {
    return switch (kind) {
      case FLOAT -> Float.toString((float) element);
      case DOUBLE -> Double.toString(element);
      default -> Long.toString((long) element);
    };
  }

  @Override
  String present(int row) {
    return Arrays.toString(
        Arrays.copyOfRange(elements, starts[row], starts[row] + Math.min(lengths[row], longest)));
  }
}
