package io.meanfield.engine.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The memory of tensors on a GPU. A write copies the numbers to memory of the CPU and returns; the
 * GPU copies them from there when it has done the work that it was given before. A read waits for
 * the GPU.
 */
@SuppressWarnings("try") // the scope variable is never used
final class GpuMemory implements TensorMemory {
  private static final HostMemory HOST = new HostMemory();
  private final boolean pinned;

  /**
   * Creates the memory.
   *
   * @param pinned whether to copy through memory that the operating system does not move, without
   *     which a GPU cannot copy on its own. LibTorch reuses such memory only after the copy.
   */
  GpuMemory(boolean pinned) {
    this.pinned = pinned;
  }

  @Override
  public void write(float[] values, int from, int count, Tensor vector, int to) {
    try (PointerScope copying = new PointerScope()) {
      Tensor copied = staging(torch.ScalarType.Float, count);
      HOST.write(values, from, count, copied, 0);
      vector.view(-1).narrow(0, to, count).copy_(copied, true);
    }
  }

  @Override
  public void write(byte[] values, Tensor target) {
    try (PointerScope copying = new PointerScope()) {
      Tensor copied = staging(torch.ScalarType.Byte, target.numel());
      HOST.write(values, copied);
      target.view(-1).copy_(copied, true);
    }
  }

  @Override
  public void read(Tensor vector, int from, float[] target, int to, int count) {
    try (PointerScope copying = new PointerScope()) {
      HOST.read(vector.view(-1).narrow(0, from, count).cpu(), 0, target, to, count);
    }
  }

  private Tensor staging(torch.ScalarType type, long count) {
    return torch.empty(
        new long[] {count},
        new TensorOptions()
            .dtype(new ScalarTypeOptional(type))
            .pinned_memory(new BoolOptional(pinned)),
        new MemoryFormatOptional());
  }
}
