package io.meanfield.engine.torch.tensor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/** The memory of tensors on the CPU, which Java reads and writes directly. */
final class HostMemory implements TensorMemory {
  @Override
  public void write(float[] values, int from, int count, Tensor vector, int to) {
    floats(vector).position(to).put(values, from, count);
  }

  @Override
  public void write(byte[] values, int from, int count, Tensor vector, int to) {
    new BytePointer(vector.data_ptr()).position(to).put(values, from, count);
  }

  @Override
  public void read(Tensor vector, int from, float[] target, int to, int count) {
    floats(vector).position(from).get(target, to, count);
  }

  private static FloatPointer floats(Tensor tensor) {
    return new FloatPointer(tensor.data_ptr());
  }
}
