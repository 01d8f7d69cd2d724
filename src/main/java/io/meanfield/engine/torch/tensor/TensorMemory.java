package io.meanfield.engine.torch.tensor;

import org.bytedeco.pytorch.Tensor;

/** Copies numbers between Java's arrays and the tensors of one kind of device. */
interface TensorMemory {
  /**
   * Copies {@code count} numbers from the array to the vector.
   *
   * @param from index of the first number in {@code values}
   * @param to index of the first number in {@code vector}
   */
  void write(float[] values, int from, int count, Tensor vector, int to);

  /** Copies {@code count} bytes from the array to the vector, as the method for numbers does. */
  void write(byte[] values, int from, int count, Tensor vector, int to);

  /**
   * Copies {@code count} numbers from the vector to the array.
   *
   * @param vector contiguous
   * @param from index of the first number in {@code vector}
   * @param to index of the first number in {@code target}
   */
  void read(Tensor vector, int from, float[] target, int to, int count);
}
