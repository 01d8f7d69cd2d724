package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.engine.dl4j.NativeFloats;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Examples as a float array, the form in which Spark shuffles and caches them.
 *
 * @param values [count, layout.width()], row by row
 */
@DefaultSerializer(JavaSerializer.class)
record ExampleRows(ExampleLayout layout, int count, float[] values) implements Serializable {
  static final ExampleRows NONE = new ExampleRows(ExampleLayout.NONE, 0, new float[0]);

  static ExampleRows allocate(ExampleLayout layout, long count) {
    long numbers = Math.multiplyExact(count, layout.width());
    if (numbers > Integer.MAX_VALUE - 8) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "a worker's shard of %s examples of %s numbers is too large for one Java array; train"
              + " with more workers",
          count,
          layout.width());
    }
    return new ExampleRows(layout, (int) count, new float[(int) numbers]);
  }

  /** Copies the examples of a DataSet of any data type and memory order. */
  static ExampleRows of(DataSet data) {
    if (data.getFeatures() == null || data.getLabels() == null) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE, "a DataSet has no features or no labels; expected both");
    }
    if (data.getFeatures().isEmpty()) {
      return NONE;
    }
    ExampleRows rows = allocate(ExampleLayout.of(data), data.getFeatures().size(0));
    List<INDArray> arrays = ExampleLayout.arrays(data);
    int offset = 0;
    for (int part = 0; part < arrays.size(); part++) {
      if (arrays.get(part) != null) {
        rows.fill(part, offset, arrays.get(part));
      }
      offset += rows.layout.width(part);
    }
    return rows;
  }

  private void fill(int part, int offset, INDArray array) {
    if (array.size(0) != count) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "a DataSet has %s examples of features and %s of labels or masks",
          count,
          array.size(0));
    }
    float[] numbers = floats(array);
    int width = layout.width(part);
    int stride = layout.width();
    for (int row = 0; row < count; row++) {
      System.arraycopy(numbers, row * width, values, row * stride + offset, width);
    }
  }

  private static float[] floats(INDArray array) {
    // Copies first, because the array may be a view or have another memory order.
    try (INDArray copy = array.castTo(DataType.FLOAT).dup('c')) {
      return NativeFloats.read(copy);
    }
  }

  /**
   * Copies {@code size} rows, starting at row {@code from}, to {@code target}, starting at row
   * {@code to}.
   */
  void copyTo(ExampleRows target, int from, int to, int size) {
    int width = layout.width();
    System.arraycopy(values, from * width, target.values, to * width, size * width);
  }

  /**
   * Returns the values of array {@code part} for the rows at {@code size} positions, starting at
   * {@code first}.
   *
   * @param order the row at each position
   */
  float[] part(int part, IntUnaryOperator order, int first, int size) {
    int offset = 0;
    for (int before = 0; before < part; before++) {
      offset += layout.width(before);
    }
    int width = layout.width(part);
    int stride = layout.width();
    float[] numbers = new float[size * width];
    for (int i = 0; i < size; i++) {
      int row = order.applyAsInt(first + i);
      System.arraycopy(values, row * stride + offset, numbers, i * width, width);
    }
    return numbers;
  }
}
