package io.meanfield.data.parquet.rowgroup;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;

/** Arrays of numbers that a double represents exactly. */
public final class ArrayValues extends ColumnValues {
  private final ValueKind kind;
  private final int[] ends;
  private double[] elements = new double[1 << 10];
  private final BitSet missingElements = new BitSet();
  private int filled;

  ArrayValues(ValueKind kind, int capacity) {
    super(capacity);
    this.kind = kind;
    this.ends = new int[capacity];
  }

  /** Reads the next rows. */
  void read(ArrayInput input, int rows) {
    filled = 0;
    missingElements.clear();
    ColumnReader column = input.column();
    for (int row = 0; row < rows; row++) {
      set(row, column.getCurrentDefinitionLevel() < input.element() - 1);
      do {
        addElement(input);
        column.consume();
      } while (column.getCurrentRepetitionLevel() > 0);
      ends[row] = filled;
    }
  }

  private void addElement(ArrayInput input) {
    int level = input.column().getCurrentDefinitionLevel();
    if (level >= input.element()) {
      if (filled == elements.length) {
        elements = Arrays.copyOf(elements, Math.multiplyExact(2, filled));
      }
      boolean isPresent = level == input.present();
      missingElements.set(filled, !isPresent);
      elements[filled++] = isPresent ? element(input.column()) : Double.NaN;
    }
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
    return ends[row] - start(row);
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /** Returns an element rounded to 32 bits; NaN if it is missing. */
  public float element(int row, int index) {
    return (float) elements[start(row) + index];
  }

  /** Returns the text of an element; empty if it is missing. */
  public Optional<String> elementText(int row, int index) {
    int element = start(row) + index;
    if (missingElements.get(element)) {
      return Optional.empty();
    }
    return Optional.of(NumberValues.text(kind, elements[element]));
  }

  @Override
  String present(int row) {
    return Arrays.toString(Arrays.copyOfRange(elements, start(row), ends[row]));
  }
}
