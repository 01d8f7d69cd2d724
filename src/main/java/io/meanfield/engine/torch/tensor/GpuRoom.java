package io.meanfield.engine.torch.tensor;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.SizeTPair;
import org.bytedeco.pytorch.global.torch;

/** The memory of a GPU that examples may use before their steps. */
public final class GpuRoom {
  // The memory of the CPU from which the GPU copies is as large; more would not copy faster.
  private static final long LARGEST = 256L << 20;
  private static final int SHARE = 4;

  private GpuRoom() {}

  /** Returns the bytes that the examples of a worker may use now. */
  public static long on(Device gpu) {
    try (SizeTPair freeAndTotal = torch.getMemoryInfo(gpu.index())) {
      return ofFree(freeAndTotal.first());
    }
  }

  /** Returns the bytes that the examples of a worker may use if so many are free. */
  public static long ofFree(long free) {
    return Math.min(LARGEST, free / SHARE);
  }
}
