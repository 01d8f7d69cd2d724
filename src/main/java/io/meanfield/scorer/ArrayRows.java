package io.meanfield.scorer;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads images, or arrays of numbers, from the one column that their model has. */
record ArrayRows(InputColumn column) implements Rows {
  private static final int MAX_PIXEL = 255;

  @Override
  public List<InputColumn> inputs() {
    return List.of(column);
  }

  @Override
  public Map<String, Tensor> read(List<? extends Map<String, ?>> rows) {
    float[] numbers = new float[Math.multiplyExact(rows.size(), width())];
    for (int row = 0; row < rows.size(); row++) {
      int at = row;
      Object value =
          value(rows, row, column.name())
              .orElseThrow(() -> wrong(at, "has no value, expected " + expected()));
      new Target(numbers, row).read(value);
    }
    return Map.of(
        column.name(), new Tensor(isImage() ? bytes(numbers) : numbers, shape(rows.size())));
  }

  private String expected() {
    return column.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "))
        + " numbers";
  }

  private UserException wrong(int row, String problem) {
    return UserException.of(
        ErrorCode.DATA_UNREADABLE, "%s: column %s %s", Rows.where(row), column.name(), problem);
  }

  private boolean isImage() {
    return column.type() == InputColumn.Type.PIXELS;
  }

  private int width() {
    return column.shape().stream().reduce(1, Math::multiplyExact);
  }

  private long[] shape(int rows) {
    long[] shape = new long[column.shape().size() + 1];
    shape[0] = rows;
    for (int i = 0; i < column.shape().size(); i++) {
      shape[i + 1] = column.shape().get(i);
    }
    return shape;
  }

  private static byte[] bytes(float[] numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) numbers[i];
    }
    return bytes;
  }

  /** The place of a row among the numbers. */
  private final class Target {
    private final float[] numbers;
    private final int row;
    private int count;

    Target(float[] numbers, int row) {
      this.numbers = numbers;
      this.row = row;
    }

    /** Reads the value of a row, an array or nested lists of numbers. */
    void read(Object value) {
      add(value);
      if (count != width()) {
        throw wrong(row, "has %s values, expected %s".formatted(count, expected()));
      }
    }

    private void add(Object value) {
      if (value instanceof List<?> list) {
        list.forEach(this::add);
      } else if (value instanceof byte[] bytes) {
        for (byte each : bytes) {
          put(isImage() ? Byte.toUnsignedInt(each) : each);
        }
      } else if (value instanceof float[] floats) {
        for (float each : floats) {
          put(each);
        }
      } else if (value instanceof Number number) {
        put(number.floatValue());
      } else {
        throw wrong(row, "is %s, expected %s".formatted(Printable.quoted(text(value)), expected()));
      }
    }

    private static String text(Object value) {
      return value == null ? "null" : value.toString();
    }

    private void put(float number) {
      boolean isValid =
          isImage()
              ? number >= 0 && number <= MAX_PIXEL && number == Math.rint(number)
              : Float.isFinite(number);
      if (!isValid) {
        throw wrong(
            row,
            "has %s at position %s, expected %s"
                .formatted(
                    number,
                    count + 1,
                    isImage() ? "a whole number from 0 to " + MAX_PIXEL : "a finite number"));
      }
      if (count < width()) {
        numbers[row * width() + count] = number;
      }
      count++;
    }
  }
}
