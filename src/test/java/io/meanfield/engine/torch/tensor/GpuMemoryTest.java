package io.meanfield.engine.torch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** The copies to and from a GPU, here with tensors on the CPU and memory that is not pinned. */
class GpuMemoryTest {
  private static final GpuMemory MEMORY = new GpuMemory(new Staging(false));
  private static final org.bytedeco.pytorch.Device CPU = LibTorch.torchDevice(Device.CPU);

  private static float[] read(Tensor tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.numel())];
    LibTorch.read(tensor, numbers);
    return numbers;
  }

  @Test
  void rangeOfAnArrayIsWrittenToARangeOfATensor() {
    Tensor tensor = LibTorch.zeros(CPU, 2, 3);
    MEMORY.write(new float[] {1, 2, 3, 4}, 1, 2, tensor, 3);
    assertThat(read(tensor)).containsExactly(0, 0, 0, 2, 3, 0);
  }

  @Test
  void rangeOfATensorIsReadIntoARangeOfAnArray() {
    Tensor tensor = LibTorch.zeros(CPU, 2, 3);
    LibTorch.write(new float[] {1, 2, 3, 4, 5, 6}, tensor);
    float[] target = new float[4];
    MEMORY.read(tensor, 2, target, 1, 3);
    assertThat(target).containsExactly(0, 3, 4, 5);
  }

  @Test
  void rangeOfBytesIsWrittenToATensor() {
    Tensor pixels = LibTorch.bytes(CPU, 2, 2);
    Tensor numbers = LibTorch.zeros(CPU, 2, 2);
    MEMORY.write(new byte[] {9, 1, (byte) 200, 3, 4, 5}, 1, 4, pixels, 0);
    numbers.copy_(pixels);
    assertThat(read(numbers)).containsExactly(1, 200, 3, 4);
  }
}
