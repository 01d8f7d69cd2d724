package io.meanfield.engine.torch.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The memory of tensors on a GPU. A write copies the numbers to memory of the CPU and returns; the
 * GPU copies them from there when it has done the work that it was given before. A read waits for
 * the GPU.
 */
@SuppressWarnings("try") // the scope variable is never used
record GpuMemory(Staging staging) implements TensorMemory {
  private static final HostMemory HOST = new HostMemory();

  @Override
  public void write(float[] values, int from, int count, Tensor vector, int to) {
    try (PointerScope copying = new PointerScope()) {
      Tensor copied = staging.allocate(torch.ScalarType.Float, count);
      HOST.write(values, from, count, copied, 0);
      vector.view(-1).narrow(0, to, count).copy_(copied, true);
    }
  }

  @Override
  public void write(byte[] values, int from, int count, Tensor vector, int to) {
    try (PointerScope copying = new PointerScope()) {
      Tensor copied = staging.allocate(torch.ScalarType.Byte, count);
      HOST.write(values, from, count, copied, 0);
      vector.view(-1).narrow(0, to, count).copy_(copied, true);
    }
  }

  @Override
  public void read(Tensor vector, int from, float[] target, int to, int count) {
    try (PointerScope copying = new PointerScope()) {
      HOST.read(vector.view(-1).narrow(0, from, count).cpu(), 0, target, to, count);
    }
  }
}
