package io.meanfield.engine.dl4j;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies arrays of 32-bit floats between the Java heap and ND4J, in the order in which ND4J stores
 * them in memory ('c' or 'f'). Every method throws an IllegalArgumentException if the ND4J array
 * has another data type.
 */
public final class NativeFloats {
  private NativeFloats() {}

  /**
   * Writes the first {@code count} values to {@code target}, which must be contiguous in memory.
   *
   * @throws IllegalArgumentException if {@code target} does not have {@code count} numbers
   */
  public static void write(float[] values, int count, INDArray target) {
    requireLength(count, target);
    try {
      pointer(target).put(values, 0, count);
    } finally {
      Reference.reachabilityFence(target); // a pointer to its memory does not keep it
    }
  }

  private static void requireLength(int count, INDArray array) {
    if (count != array.length()) {
      throw new IllegalArgumentException(
          "expected %s numbers, found %s".formatted(array.length(), count));
    }
  }

  /** Returns the numbers of {@code source}, which must be contiguous in memory. */
  public static float[] read(INDArray source) {
    float[] values = new float[Math.toIntExact(source.length())];
    try {
      pointer(source).get(values);
    } finally {
      Reference.reachabilityFence(source); // a pointer to its memory does not keep it
    }
    return values;
  }

  private static FloatPointer pointer(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("expected 32-bit floats, found " + array.dataType());
    }
    return new FloatPointer(array.data().pointer()).position(array.offset());
  }
}
